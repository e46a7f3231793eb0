import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { tallyOfPlaywright, tallyOfVitest } from '#scripts/test/tally'

const folder = mkdtempSync(join(tmpdir(), 'oasis-tally-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

function report(content: unknown): string {
  const file = join(folder, 'report.json')
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content))
  return file
}

const vitest = (testResults: { status: string; assertionResults: unknown[] }[]) => ({
  numPassedTests: 4,
  numFailedTests: 0,
  testResults,
})

test('A runner that wrote nothing or half a report counts as a failure', () => {
  expect(tallyOfVitest(join(folder, 'none.json'), 0)).toEqual({ passed: 0, failed: 1 })
  expect(tallyOfPlaywright(report('{"stats":'), 0)).toEqual({ passed: 0, failed: 1 })
})

test('A test file that could not be loaded counts as a failure', () => {
  const file = report(vitest([{ status: 'failed', assertionResults: [] }]))
  expect(tallyOfVitest(file, 1)).toEqual({ passed: 4, failed: 1 })
})

test('A non-zero exit without a failing test counts as a failure', () => {
  expect(tallyOfVitest(report(vitest([])), 1)).toEqual({ passed: 4, failed: 1 })
  expect(tallyOfVitest(report(vitest([])), 0)).toEqual({ passed: 4, failed: 0 })
})

test('A flaky browser test and a failed set-up count as failures', () => {
  const stats = { expected: 3, unexpected: 1, flaky: 1 }
  expect(tallyOfPlaywright(report({ stats, errors: ['no server'] }), 1)).toEqual({
    passed: 3,
    failed: 3,
  })
})
