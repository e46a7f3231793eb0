import { execFile } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { root } from '#scripts/shared/paths'
import { binOf } from '#scripts/shared/run-tool'
import floors from '../../scripts/verify/floors.json' with { type: 'json' }

// A small project with the repository's folders, outside the repository, so that a failing test
// leaves no files in it.
const project = mkdtempSync(join(tmpdir(), 'oasis-arrows-'))

const PACKAGES = ['hono', 'hpke', '@hpke/core', 'drizzle-orm', 'zod', '@playwright/test']
const CONFIGURATION = [
  '.dependency-cruiser.cjs',
  'package.json',
  'scripts/setup/plain-tasks.json',
  'scripts/verify/floors.json',
]
const ROOMS = {
  'worker/protocol/limits.ts': 'export const VERSION = 1',
  'worker/protocol/staff/people/people.ts': "import * as z from 'zod/mini'\nexport const Id = z",
  'worker/store/schema/reports.ts': "import * as orm from 'drizzle-orm'\nexport const schema = orm",
  'worker/reports/submit.ts':
    "import { schema } from '../store/schema/reports.ts'\nexport const submit = schema",
  'worker/http/public/reporter.ts':
    "import * as hono from 'hono'\nimport { submit } from '../../reports/submit.ts'\n" +
    'export const route = [hono, submit]',
  'worker/index.ts': "import { route } from './http/public/reporter.ts'\nexport default route",
  'site/staff/crypto/open.ts': "import * as hpke from 'hpke'\nexport const open = hpke",
  ...Object.fromEntries(
    Object.values(floors['site/staff'])
      .flat()
      .map((room) => [`site/staff/${room}/any.ts`, 'export const any = 1']),
  ),
  'site/lifeline/reporting/send-report.ts':
    "import { VERSION } from '#protocol/limits'\nexport const send = VERSION",
  'scripts/org.ts': "import * as hpke from 'hpke'\nexport const org = hpke",
  'scripts/watch/watch.ts': 'export const watch = 1',
  'scripts/watch.ts': "import { watch } from './watch/watch.ts'\nexport default watch",
}

function write(path: string, text: string): void {
  mkdirSync(dirname(join(project, path)), { recursive: true })
  writeFileSync(join(project, path), `${text}\n`)
}

// Returns the names of the broken rules, in alphabetical order.
async function brokenRules(): Promise<string[]> {
  const args = [binOf('dependency-cruiser', 'depcruise'), '--config', '.dependency-cruiser.cjs']
  const output = await new Promise<string>((done, failed) => {
    execFile(
      process.execPath,
      [...args, '-T', 'json', 'site', 'worker', 'scripts'],
      { cwd: project },
      (_, stdout, stderr) => (stdout === '' ? failed(new Error(stderr)) : done(stdout)),
    )
  })
  const { summary } = JSON.parse(output) as {
    summary: { violations: { rule: { name: string } }[] }
  }
  return [...new Set(summary.violations.map(({ rule }) => rule.name))].sort()
}

beforeAll(() => {
  for (const path of CONFIGURATION) cpSync(join(root, path), join(project, path))
  for (const name of PACKAGES) {
    const exports = {
      '.': { types: './index.d.ts', default: './index.js' },
      './mini': './mini/index.js',
    }
    write(`node_modules/${name}/package.json`, JSON.stringify({ name, type: 'module', exports }))
    write(`node_modules/${name}/index.d.ts`, 'export declare const here: number')
    write(`node_modules/${name}/index.js`, 'export const here = 1')
    write(`node_modules/${name}/mini/index.js`, 'export const here = 1')
  }
  for (const [path, text] of Object.entries(ROOMS)) write(path, text)
})

afterAll(() => rmSync(project, { recursive: true, force: true }))

test('A project with right imports breaks no rule', async () => {
  expect(await brokenRules()).toEqual([])
})

/** For each floor, an import from the floor above or from another room of the same floor. */
function arrowsBack(): [file: string, imported: string, rule: string][] {
  const all = Object.entries(floors['site/staff'])
  return all.flatMap(([name, rooms], at) => {
    const [room = '', beside = all[at - 1]?.[1][0]] = rooms
    if (beside === undefined) return []
    return [[`site/staff/${room}/any.ts`, `#site/staff/${beside}/any.ts`, `site-staff-${name}`]]
  })
}

const WRONG: [file: string, imported: string, rule: string][] = [
  ['worker/protocol/limits.ts', '#worker/store/schema/reports', 'protocol-stands-alone'],
  ['worker/protocol/limits.ts', 'zod/mini', 'protocol-stands-alone'],
  ['worker/protocol/staff/people/people.ts', 'zod', 'protocol-staff-parses-with-zod-mini'],
  ['site/staff/crypto/open.ts', '#worker/reports/submit', 'site-sees-only-protocol'],
  ...arrowsBack(),
  ['worker/reports/submit.ts', '#site/lifeline/reporting/send-report.ts', 'worker-never-sees-site'],
  ['worker/http/public/reporter.ts', '../../store/schema/reports.ts', 'routes-go-through-verbs'],
  ['worker/reports/submit.ts', '../http/public/reporter.ts', 'verbs-know-no-http'],
  ['worker/reports/submit.ts', 'hono', 'hono-in-routes-only'],
  ['worker/reports/submit.ts', 'drizzle-orm', 'drizzle-in-store-only'],
  ['worker/store/schema/reports.ts', '../../reports/submit.ts', 'store-knows-nobody-above'],
  ['worker/reports/submit.ts', 'hpke', 'opening-is-for-staff'],
  ['site/lifeline/reporting/send-report.ts', '@hpke/core', 'opening-is-for-staff'],
  [
    'site/lifeline/reporting/send-report.ts',
    '../../staff/crypto/open.ts',
    'public-pages-hold-no-staff-code',
  ],
  ['site/lifeline/reporting/send-report.ts', '#scripts/org', 'scripts-are-for-hands-and-tests'],
  ['scripts/watch/watch.ts', '@playwright/test', 'plain-tasks-need-dependencies-only'],
  ['worker/reports/submit.ts', './nowhere.ts', 'not-resolved'],
]

describe('wrong imports', () => {
  for (const [file, imported, rule] of WRONG) {
    test(`The import of ${imported} in ${file} breaks ${rule}`, async () => {
      const right = ROOMS[file as keyof typeof ROOMS]
      write(file, `import * as wrong from '${imported}'\n${right}\nexport const used = wrong`)
      try {
        expect(await brokenRules()).toContain(rule)
      } finally {
        write(file, right)
      }
    })
  }

  test('Two files that import each other break no-circle', async () => {
    write(
      'worker/reports/sort.ts',
      "import { submit } from './submit.ts'\nexport const sort = submit",
    )
    write(
      'worker/reports/submit.ts',
      [
        "import { sort } from './sort.ts'",
        ROOMS['worker/reports/submit.ts'],
        'export const twice = sort',
      ].join('\n'),
    )
    expect(await brokenRules()).toContain('no-circle')
    write('worker/reports/submit.ts', ROOMS['worker/reports/submit.ts'])
  })
})
