// Chooses the slow tests for a day, so that `npm test` runs each of them about once every two
// weeks. People thus notice a broken test before anyone relies on it.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { DAY_MS } from '#protocol/limits'
import { root } from '#scripts/shared/paths'
import { Stop } from '#scripts/shared/progress'

export const DAYS = 14

/**
 * Returns the day of this run, from 0 to 13. `OASIS_DAY` chooses another day.
 *
 * @throws Stop when OASIS_DAY is not a number from 0 to 13
 */
export function dayOfRun(): number {
  const asked = process.env['OASIS_DAY']
  if (asked === undefined) return Math.floor(Date.now() / DAY_MS) % DAYS
  if (!/^\d+$/.test(asked) || Number(asked) >= DAYS)
    throw new Stop(`OASIS_DAY=${asked} is no day: say a number from 0 to ${DAYS - 1}.`)
  return Number(asked)
}

/** Returns every fourteenth item, so that each day includes a few items from every long file. */
export const ofDay = <T>(items: readonly T[], day: number): T[] =>
  items.filter((_, at) => at % DAYS === day)

/**
 * The tests of this file are spread over the days. In every other slow Vitest file, all tests run
 * on one day.
 */
const DIVIDED = 'test/staff/hostile/mutations/mutations.soak.node.test.ts'

const SLOW_FILE = /\.soak\.node\.test\.tsx?$/

/** Returns a day's slow Vitest files. The paths begin with `test/`. */
export function slowFilesOf(day: number): string[] {
  const files = readdirSync(join(root, 'test'), { recursive: true, encoding: 'utf8' })
    .filter((file) => SLOW_FILE.test(file))
    .map((file) => `test/${file}`)
    .sort()
  const whole = files.filter((file) => file !== DIVIDED)
  return [...ofDay(whole, day), DIVIDED]
}

/** The report of `playwright test --list --reporter=json`. */
export interface PlaywrightList {
  suites: ListedSuite[]
}
interface ListedSuite {
  title: string
  file: string
  /** `file` is the file that contains the test's code, which several test files may share */
  specs: { title: string; file: string }[]
  suites?: ListedSuite[]
}

interface ListedTest {
  /** a line for `--test-list`: the file where the test is written, its groups and its title */
  line: string
  file: string
}

const testsIn = (suite: ListedSuite, groups: readonly string[]): ListedTest[] => [
  ...suite.specs.map(({ title, file }) => ({
    line: [file, ...groups, title].join(' › '),
    file: suite.file,
  })),
  ...(suite.suites ?? []).flatMap((group) => testsIn(group, [...groups, group.title])),
]

/** The lines of `--test-list`. */
interface TestList {
  /**
   * Playwright reads only the files that the list mentions. These lines mention files, but do not
   * select tests.
   */
  files: string[]
  tests: string[]
}

/**
 * Returns each test as one unit. The tests of a serial file build on each other, so together they
 * form one unit.
 */
function unitsOf(tests: readonly ListedTest[], isSerial: (file: string) => boolean) {
  const units = new Map<string, ListedTest[]>()
  for (const test of tests) {
    const unit = isSerial(test.file) ? test.file : test.line
    units.set(unit, [...(units.get(unit) ?? []), test])
  }
  return [...units.values()]
}

/** Returns true for a file in test/e2e/ whose tests build on each other. */
export const isSerialFile = (file: string): boolean =>
  readFileSync(join(root, 'test/e2e', file), 'utf8').includes("mode: 'serial'")

/** @param list  the slow tests, listed with OASIS_SOAK */
export function slowBrowserTestsOf(
  { suites }: PlaywrightList,
  day: number,
  isSerial: (file: string) => boolean = isSerialFile,
): TestList {
  const listed = suites.flatMap((suite) => testsIn(suite, []))
  const tests = ofDay(unitsOf(listed, isSerial), day).flat()
  const files = new Set(tests.map(({ file }) => `${file} › (read)`))
  return { files: [...files], tests: tests.map(({ line }) => line) }
}
