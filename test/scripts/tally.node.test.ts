import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import {
  browserTestsThat,
  failedInVitest,
  tallyOfPlaywright,
  tallyOfVitest,
} from '#scripts/test/tally'

const folder = mkdtempSync(join(tmpdir(), 'oasis-tally-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

function report(content: unknown): string {
  const file = join(folder, 'report.json')
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content))
  return file
}

const vitest = (testResults: { name: string; status: string; assertionResults: unknown[] }[]) => ({
  numPassedTests: 4,
  numFailedTests: 0,
  testResults,
})

test('A runner that wrote nothing or half a report counts as a failure', () => {
  expect(tallyOfVitest(join(folder, 'none.json'), 0)).toEqual({ passed: 0, failed: 1 })
  expect(tallyOfPlaywright(report('{"stats":'), 0)).toEqual({ passed: 0, failed: 1 })
})

test('A test file that could not be loaded counts as a failure and is named', () => {
  const file = report(vitest([{ name: 'a.test.ts', status: 'failed', assertionResults: [] }]))
  expect(tallyOfVitest(file, 1)).toEqual({ passed: 4, failed: 1 })
  expect(failedInVitest(file)).toEqual(['a.test.ts'])
})

test('A failed test is named with its file, and a passed one is not', () => {
  const assertionResults = [
    { fullName: 'a sum is right', status: 'passed' },
    { fullName: 'a day is right', status: 'failed' },
  ]
  const file = report(vitest([{ name: 'a.test.ts', status: 'failed', assertionResults }]))
  expect(failedInVitest(file)).toEqual(['a.test.ts: a day is right'])
  expect(failedInVitest(join(folder, 'none.json'))).toEqual([])
})

test('A non-zero exit without a failing test counts as a failure', () => {
  expect(tallyOfVitest(report(vitest([])), 1)).toEqual({ passed: 4, failed: 1 })
  expect(tallyOfVitest(report(vitest([])), 0)).toEqual({ passed: 4, failed: 0 })
})

test('A failed set-up of the browser tests counts as a failure', () => {
  const stats = { expected: 3, unexpected: 1, flaky: 0 }
  expect(tallyOfPlaywright(report({ stats, errors: ['no server'] }), 1)).toEqual({
    passed: 3,
    failed: 2,
  })
})

test('A browser test that passes on its second try counts as passed and is named', () => {
  const steady = { title: 'a button works', tests: [{ status: 'expected' }] }
  const unsteady = { title: 'a page waits', tests: [{ status: 'flaky' }] }
  const failed = { title: 'a form sends', tests: [{ status: 'unexpected' }] }
  const file = report({
    stats: { expected: 1, unexpected: 1, flaky: 1 },
    errors: [],
    suites: [
      {
        title: 'a.e2e.ts',
        specs: [steady],
        suites: [{ title: 'on a phone', specs: [unsteady, failed] }],
      },
    ],
  })
  expect(tallyOfPlaywright(file, 1)).toEqual({ passed: 2, failed: 1 })
  expect(browserTestsThat('flaky', file)).toEqual(['on a phone: a page waits'])
  expect(browserTestsThat('unexpected', file)).toEqual(['on a phone: a form sends'])
  expect(browserTestsThat('flaky', join(folder, 'none.json'))).toEqual([])
})
