// Runs the browser tests of accessibility and of the reporting journey for the second organisation.
// The tests run in a copy of the project that differs only in its content folder.
import { spawn } from 'node:child_process'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { testDir } from '#scripts/shared/paths'
import { binOf } from '#scripts/shared/run-tool'
import { copyProject } from '#scripts/test/site'
import { writeSecondContent } from '../../second-organisation/make-content.ts'

const copy = join(testDir, 'second-in-browser')

/** Runs Node in the copy; of this run's settings, only the browser is passed on. */
function runInCopy(args: string[]): Promise<{ code: number | null; output: string }> {
  const env = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^(OASIS|TEST|PLAYWRIGHT)_/.test(name)),
  )
  const child = spawn(process.execPath, args, {
    cwd: copy,
    env: { ...env, OASIS_SOAK: '1' },
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => {
      output += chunk.toString('utf8')
    })
  return new Promise((done) => child.on('close', (code) => done({ code, output })))
}

test('The second organisation passes axe and the whole way of a report in Urdu', async () => {
  test.setTimeout(1_800_000)
  copyProject(copy)
  writeSecondContent(copy)
  const prepared = await runInCopy([
    ...['--input-type=module', '--eval'],
    "const { prepareTestSite } = await import('./scripts/test/site.ts'); await prepareTestSite()",
  ])
  expect(prepared.code, prepared.output).toBe(0)
  const ran = await runInCopy([
    binOf('@playwright/test', 'playwright'),
    ...['test', 'pages/access.e2e.ts', 'journey/report.e2e.ts', '--reporter=line', '--workers=1'],
    ...['--grep', 'Public pages in|A report in'],
  ])
  expect(ran.code, ran.output).toBe(0)
  // The public pages in both languages, and a report in Urdu with and without JavaScript. The staff
  // app is in Uzbek.
  expect(ran.output).toContain('4 passed')
  rmSync(copy, { recursive: true, force: true })
})
