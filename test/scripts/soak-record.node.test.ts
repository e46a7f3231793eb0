import { join } from 'node:path'
import { expect, test } from 'vitest'
import { root } from '#scripts/shared/paths'
import {
  namedIn,
  successesInPlaywright,
  successesInVitest,
  successesIn,
  withSuccesses,
} from '#scripts/test/soak-record'

const PAGE = `# Requirements

| R1 | holds | \`test/e2e/a.soak.e2e.ts\`, \`test/b.node.test.ts\` | none |

## When the slow tests last passed

Words before the table.

| Test                       | Commit         | Day        |
| -------------------------- | -------------- | ---------- |
| \`test/e2e/a.soak.e2e.ts\` | \`0123456789ab\` | 2026-11-01 |
| \`test/gone.soak.e2e.ts\`  | \`0123456789ab\` | 2026-11-01 |
`
const NOW = { commit: 'abcdefabcdef', day: '2026-12-01' }
const BEFORE = { commit: '0123456789ab', day: '2026-11-01' }

test('A page of requirements names its tests, and the commit on which each last passed', () => {
  expect([...namedIn(PAGE)]).toEqual(['test/e2e/a.soak.e2e.ts', 'test/b.node.test.ts'])
  expect(successesIn(PAGE).get('test/e2e/a.soak.e2e.ts')).toEqual(BEFORE)
})

test('A soak run records which of the named tests passed, and keeps the other rows', () => {
  const page = withSuccesses(PAGE, ['test/b.node.test.ts', 'test/c.node.test.ts'], NOW)
  expect([...successesIn(page)]).toEqual([
    ['test/b.node.test.ts', NOW],
    ['test/e2e/a.soak.e2e.ts', BEFORE],
  ])
  expect(page).toContain('\n\nWords before the table.\n\n| Test | Commit | Day |\n')
  expect(page.startsWith(PAGE.slice(0, PAGE.indexOf('Words')))).toBe(true)
  expect(withSuccesses(page, [], NOW)).toBe(page)
})

test('A file with a failed test, or without a passed one, counts as not passed', () => {
  const file = (name: string, status: string, ...tests: string[]) => ({
    name: join(root, 'test', name),
    status,
    assertionResults: tests.map((each) => ({ status: each })),
  })
  const testResults = [
    file('good.ts', 'passed', 'passed', 'pending'),
    file('bad.ts', 'failed', 'passed', 'failed'),
    file('left-out.ts', 'passed', 'pending'),
  ]
  expect(successesInVitest({ testResults })).toEqual(['test/good.ts'])
  const suite = (name: string, ...statuses: string[]) => ({
    file: name,
    specs: [],
    suites: [
      {
        file: name,
        specs: statuses.map((status) => ({ ok: status !== 'unexpected', tests: [{ status }] })),
      },
    ],
  })
  const suites = [
    suite('good.e2e.ts', 'expected', 'flaky', 'skipped'),
    suite('bad.e2e.ts', 'expected', 'unexpected'),
    suite('skipped.e2e.ts', 'skipped'),
    suite('none.e2e.ts'),
  ]
  expect(successesInPlaywright({ suites })).toEqual(['test/e2e/good.e2e.ts'])
})
