// `npm test`: runs all tests. `npm test -- node`, `worker` or `e2e` runs one kind of tests; `soak`
// runs slow tests and whole samples. The command ends with `N passed, N failed`.
import { spawn } from 'node:child_process'
import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { root, testDir, testDist } from '#scripts/shared/paths'
import { runTask, Stop } from '#scripts/shared/progress'
import { findBrowser } from '#scripts/test/browser'
import { findFirefox, NO_FIREFOX } from '#scripts/test/firefox'
import { chooseLanePorts } from '#scripts/test/lanes'
import { prepareTestSite } from '#scripts/test/site'
import { tallyOfPlaywright, tallyOfVitest, unsteadyTests, type Tally } from '#scripts/test/tally'
import { binOf, environment } from '#scripts/shared/run-tool'

const RUNNERS = ['node', 'worker', 'e2e', 'soak'] as const
/**
 * The runners of `npm test`. Another runner, `soak`, runs slow browser tests that seldom fail, and
 * the full samples of other tests.
 */
const USUAL: readonly Runner[] = ['node', 'worker', 'e2e']
type Runner = (typeof RUNNERS)[number]

type Project = 'node' | 'worker'
const isOfVitest = (runner: Runner): runner is Project => runner === 'node' || runner === 'worker'
/** The setting for every test that a soak run starts. */
const SOAK = { OASIS_SOAK: '1' }

const isRunner = (name: string): name is Runner => (RUNNERS as readonly string[]).includes(name)

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
 * Runs the tests of projects in one run, on every processor. A runner for each project would leave
 * a processor idle once the shorter one has ended.
 */
async function runVitest(projects: readonly Project[], isSoak = false): Promise<Tally> {
  const report = join(testDir, isSoak ? 'soak-vitest.json' : 'vitest.json')
  rmSync(report, { force: true })
  const args = ['run', '--maxWorkers=100%', '--reporter=dot', '--reporter=json']
  args.push(...projects.map((project) => `--project=${project}`))
  if (isSoak) args.push('--tags-filter=soak')
  const code = await run(binOf('vitest'), [...args, `--outputFile.json=${report}`], {
    OASIS_DIST: testDist,
    ...(isSoak && SOAK),
  })
  return tallyOfVitest(report, code)
}

async function runPlaywright(runner: 'e2e' | 'soak'): Promise<Tally> {
  const report = join(testDir, `${runner}.json`)
  rmSync(report, { force: true })
  const code = await run(
    binOf('@playwright/test', 'playwright'),
    ['test', '--reporter=list,json'],
    {
      FIREFOX_PATH: findFirefox(),
      OASIS_E2E_PORTS: await chooseLanePorts(),
      PLAYWRIGHT_JSON_OUTPUT_FILE: report,
      ...(runner === 'soak' && SOAK),
    },
  )
  for (const name of unsteadyTests(report))
    console.log(`Unsteady, passed at the second try: ${name}`)
  return tallyOfPlaywright(report, code)
}

runTask(async () => {
  const asked = process.argv.slice(2)
  const wrong = asked.find((name) => !isRunner(name))
  if (wrong !== undefined)
    throw new Stop(`There is no runner ${wrong}: say node, worker, e2e or soak.`)
  const runners = asked.length === 0 ? USUAL : asked.filter(isRunner)
  const needsBrowser = runners.includes('e2e') || runners.includes('soak')
  mkdirSync(testDir, { recursive: true })
  // Looks for a browser before the long tests, so that a missing browser is reported at once.
  if (needsBrowser) await findBrowser()
  await prepareTestSite()
  const tallies: Tally[] = []
  const projects = runners.filter(isOfVitest)
  if (projects.length > 0) tallies.push(await runVitest(projects))
  if (runners.includes('soak')) tallies.push(await runVitest(['node', 'worker'], true))
  // The browser tests need the machine for themselves.
  for (const runner of runners) if (!isOfVitest(runner)) tallies.push(await runPlaywright(runner))
  const passed = tallies.reduce((sum, tally) => sum + tally.passed, 0)
  const failed = tallies.reduce((sum, tally) => sum + tally.failed, 0)
  // People read the end of the output, and an untested part must not look tested.
  if (needsBrowser && !findFirefox()) console.log(NO_FIREFOX)
  console.log(`${passed} passed, ${failed} failed`)
  return failed === 0 && passed > 0 ? 0 : 1
})
