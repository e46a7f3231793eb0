// Counts the results of the runners. A runner that crashed, or that failed without a failing test,
// counts as one failure. A browser test that passed on its second attempt counts as passed.
import { existsSync, readFileSync } from 'node:fs'

export interface Tally {
  passed: number
  failed: number
}

interface VitestReport {
  numPassedTests: number
  numFailedTests: number
  testResults: VitestFile[]
}
interface VitestFile {
  name: string
  status: string
  assertionResults: { fullName: string; status: string }[]
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
  // The report lists no tests for a file that could not be loaded.
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

/** Returns the names of the failed tests, and of the files that could not be loaded. */
export function failedInVitest(file: string): string[] {
  const report = readReport(file) as VitestReport | null
  return (report?.testResults ?? []).flatMap(({ name, status, assertionResults }) => {
    const failed = assertionResults.filter((each) => each.status === 'failed')
    const isBroken = status === 'failed' && assertionResults.length === 0
    return isBroken ? [name] : failed.map(({ fullName }) => `${name}: ${fullName}`)
  })
}

/** A browser test that failed, or that failed once and passed on the second attempt. */
type Ending = 'unexpected' | 'flaky'

/** Returns the names of the browser tests with a given outcome. */
export function browserTestsThat(ending: Ending, file: string): string[] {
  const report = readReport(file) as PlaywrightReport | null
  return report?.suites.flatMap((suite) => endedIn(suite, ending)) ?? []
}

const endedIn = ({ title, suites = [], specs }: PlaywrightSuite, ending: Ending): string[] => [
  ...specs
    .filter(({ tests }) => tests.some(({ status }) => status === ending))
    .map((spec) => `${title}: ${spec.title}`),
  ...suites.flatMap((suite) => endedIn(suite, ending)),
]
