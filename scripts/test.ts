// `npm test`: runs all ordinary tests, and the slow tests chosen for the day. `npm test -- node`
// runs one kind of test. `today` runs the slow tests chosen for the day, and `soak` runs all slow
// tests and full samples. The output ends with `N passed, N failed`.
import { spawn } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { root, testDir, testDist } from '#scripts/shared/paths'
import { runTask, Stop } from '#scripts/shared/progress'
import { findBrowser } from '#scripts/test/browser'
import { findFirefox, NO_FIREFOX } from '#scripts/test/firefox'
import { chooseLanePorts } from '#scripts/test/lanes'
import {
  dayOfRun,
  DAYS,
  slowBrowserTestsOf,
  slowFilesOf,
  type PlaywrightList,
} from '#scripts/test/slow-of-day'
import { readSources, recordSoak } from '#scripts/test/soak-record'
import { prepareTestSite } from '#scripts/test/site'
import {
  browserTestsThat,
  failedInVitest,
  tallyOfPlaywright,
  tallyOfVitest,
  type Tally,
} from '#scripts/test/tally'
import { binOf, environment, runTool } from '#scripts/shared/run-tool'

const RUNNERS = ['node', 'worker', 'e2e', 'today', 'soak'] as const
/**
 * The runners of `npm test`. Another runner, `soak`, runs all slow tests, which seldom fail, and
 * the full samples of other tests. The `today` runner runs a fourteenth of the slow tests.
 */
const USUAL: readonly Runner[] = ['node', 'worker', 'e2e', 'today']
type Runner = (typeof RUNNERS)[number]

type Project = 'node' | 'worker'
const isOfVitest = (runner: Runner): runner is Project => runner === 'node' || runner === 'worker'
/** The setting for slow tests and full samples. */
const SOAK = { OASIS_SOAK: '1' }

const isRunner = (name: string): name is Runner => (RUNNERS as readonly string[]).includes(name)

const reportOf = (name: string): string => join(testDir, `${name}.json`)

// A runner writes to the terminal itself, because people want to read its failures.
function run(script: string, args: string[], env: Record<string, string>): Promise<number> {
  const child = spawn(process.execPath, [script, ...args], {
    cwd: root,
    env: environment(env),
    stdio: 'inherit',
  })
  return new Promise((done) => {
    child.on('error', () => done(1))
    child.on('close', (code) => done(code ?? 1))
  })
}

/**
 * Runs the tests of all given projects in one run, on every processor. Separate runs would leave a
 * processor idle after the shorter run has ended.
 *
 * @param slow  settings and files of slow tests; without them the usual tests run
 */
async function runVitest(projects: readonly Project[], slow?: SlowTests): Promise<Tally> {
  const report = reportOf(slow ? `${slow.name}-vitest` : 'vitest')
  rmSync(report, { force: true })
  const args = ['run', '--maxWorkers=100%', '--reporter=dot', '--reporter=json']
  args.push(...projects.map((project) => `--project=${project}`))
  if (slow) args.push('--tags-filter=soak', ...slow.files)
  const code = await run(binOf('vitest'), [...args, `--outputFile.json=${report}`], {
    OASIS_DIST: testDist,
    ...slow?.env,
  })
  for (const name of failedInVitest(report)) console.log(`Failed: ${name}`)
  return tallyOfVitest(report, code)
}

async function runPlaywright(name: 'e2e' | SlowTests['name'], ...args: string[]): Promise<Tally> {
  const report = reportOf(name)
  rmSync(report, { force: true })
  const code = await run(
    binOf('@playwright/test', 'playwright'),
    ['test', '--reporter=list,json', ...args],
    {
      FIREFOX_PATH: findFirefox(),
      OASIS_E2E_PORTS: await chooseLanePorts(),
      PLAYWRIGHT_JSON_OUTPUT_FILE: report,
      ...(name !== 'e2e' && SOAK),
    },
  )
  for (const name of browserTestsThat('unexpected', report)) console.log(`Failed: ${name}`)
  for (const name of browserTestsThat('flaky', report))
    console.log(`Unsteady, passed at the second try: ${name}`)
  return tallyOfPlaywright(report, code)
}

/** A selection of Vitest's slow tests. */
interface SlowTests {
  name: 'soak' | 'today'
  /** the test files to run; empty for all slow tests */
  files: readonly string[]
  env: Record<string, string>
}

async function runSlowBrowserTestsOf(day: number): Promise<Tally> {
  const listed = join(testDir, 'slow.json')
  rmSync(listed, { force: true })
  const { code, output } = await runTool(
    '@playwright/test',
    ['test', '--list', '--reporter=json'],
    {
      command: 'playwright',
      env: { FIREFOX_PATH: findFirefox(), PLAYWRIGHT_JSON_OUTPUT_FILE: listed, ...SOAK },
    },
  )
  if (code !== 0) throw new Stop(`The slow tests cannot be listed:\n${output}`)
  const slow = JSON.parse(readFileSync(listed, 'utf8')) as PlaywrightList
  const { files, tests } = slowBrowserTestsOf(slow, day)
  const list = join(testDir, 'today.txt')
  writeFileSync(list, [...files, ...tests].join('\n'))
  console.log(`Slow tests of day ${day} of ${DAYS} (OASIS_DAY=${day} npm test -- today)`)
  const tally = await runPlaywright('today', `--test-list=${list}`)
  // Playwright silently ignores a line that does not match a test.
  const lost = tests.length - tally.passed - tally.failed
  if (lost <= 0) return tally
  console.log(`${lost} of ${tests.length} slow tests of the day did not run.`)
  return { ...tally, failed: tally.failed + lost }
}

/**
 * Starts the Vitest tests that the runners request. The few slow tests of a day run at the same
 * time as the usual tests.
 */
function runVitestFor(runners: readonly Runner[], day: number): Promise<Tally>[] {
  const projects = runners.filter(isOfVitest)
  const tallies = projects.length > 0 ? [runVitest(projects)] : []
  if (runners.includes('today')) {
    const env = { ...SOAK, OASIS_SLOW_DAY: String(day) }
    tallies.push(runVitest(['node'], { name: 'today', files: slowFilesOf(day), env }))
  }
  if (runners.includes('soak'))
    tallies.push(runVitest(['node', 'worker'], { name: 'soak', files: [], env: SOAK }))
  return tallies
}

function runBrowserTestsFor(runner: Runner, day: number): Promise<Tally> | null {
  if (isOfVitest(runner)) return null
  return runner === 'today' ? runSlowBrowserTestsOf(day) : runPlaywright(runner)
}

runTask(async () => {
  const asked = process.argv.slice(2)
  const wrong = asked.find((name) => !isRunner(name))
  if (wrong !== undefined)
    throw new Stop(`There is no runner ${wrong}: say node, worker, e2e, today or soak.`)
  const runners = asked.length === 0 ? USUAL : asked.filter(isRunner)
  const needsBrowser = !runners.every(isOfVitest)
  const day = dayOfRun()
  mkdirSync(testDir, { recursive: true })
  // Looks for a browser before the long tests, so that a missing browser is reported immediately.
  if (needsBrowser) await findBrowser()
  const sources = runners.includes('soak') ? readSources() : null
  await prepareTestSite()
  const tallies = await Promise.all(runVitestFor(runners, day))
  // The browser tests need the machine to themselves.
  for (const runner of runners) {
    const tally = await runBrowserTestsFor(runner, day)
    if (tally) tallies.push(tally)
  }
  if (sources !== null)
    await recordSoak(sources, { vitest: reportOf('soak-vitest'), playwright: reportOf('soak') })
  const passed = tallies.reduce((sum, tally) => sum + tally.passed, 0)
  const failed = tallies.reduce((sum, tally) => sum + tally.failed, 0)
  // Reports a missing Firefox at the end, because otherwise an untested part would look tested.
  if (needsBrowser && !findFirefox()) console.log(NO_FIREFOX)
  console.log(`${passed} passed, ${failed} failed`)
  return failed === 0 && passed > 0 ? 0 : 1
})
