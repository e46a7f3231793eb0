// Counts the results of the runners. A runner that crashed, or that failed without a failing test,
// counts as one failure. A browser test that passed on its second try counts as passed.
import { existsSync, readFileSync } from 'node:fs'

export interface Tally {
  passed: number
  failed: number
}

interface VitestReport {
  numPassedTests: number
  numFailedTests: number
  testResults: { status: string; assertionResults: unknown[] }[]
}
interface PlaywrightReport {
  stats: { expected: number; unexpected: number; flaky: number }
  errors: unknown[]
  suites: PlaywrightSuite[]
}
interface PlaywrightSuite {
  title: string
  suites?: PlaywrightSuite[]
  specs: { title: string; tests: { status: string }[] }[]
}

function readReport(file: string): unknown {
  try {
    return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : null
  } catch {
    return null
  }
}

function closed(tally: Tally, code: number): Tally {
  return code !== 0 && tally.failed === 0 ? { ...tally, failed: 1 } : tally
}

export function tallyOfVitest(file: string, code: number): Tally {
  const report = readReport(file) as VitestReport | null
  if (report === null) return { passed: 0, failed: 1 }
  // A file that could not be loaded does not contain a test.
  const broken = report.testResults.filter(
    ({ status, assertionResults }) => status === 'failed' && assertionResults.length === 0,
  )
  return closed(
    { passed: report.numPassedTests, failed: report.numFailedTests + broken.length },
    code,
  )
}

export function tallyOfPlaywright(file: string, code: number): Tally {
  const report = readReport(file) as PlaywrightReport | null
  if (report === null) return { passed: 0, failed: 1 }
  const { expected, unexpected, flaky } = report.stats
  return closed({ passed: expected + flaky, failed: unexpected + report.errors.length }, code)
}

/** Returns the names of the browser tests that failed once and passed on the second try. */
export function unsteadyTests(file: string): string[] {
  const report = readReport(file) as PlaywrightReport | null
  return report?.suites.flatMap(unsteadyIn) ?? []
}

const unsteadyIn = ({ title, suites = [], specs }: PlaywrightSuite): string[] => [
  ...specs
    .filter(({ tests }) => tests.some(({ status }) => status === 'flaky'))
    .map((spec) => `${title}: ${spec.title}`),
  ...suites.flatMap(unsteadyIn),
]
