// `npm test`: everything. `npm test -- node`, `worker` or `e2e` runs one of the three. Ends with `N passed, N failed`.
import { spawn } from 'node:child_process'
import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { root, testDir, testDist } from '#scripts/paths'
import { anyPort } from '#scripts/ports'
import { runTask, Stop } from '#scripts/step'
import { findBrowser } from '#scripts/test/browser'
import { findFirefox, NO_FIREFOX } from '#scripts/test/firefox'
import { prepareTestSite } from '#scripts/test/site'
import { tallyOfPlaywright, tallyOfVitest, type Tally } from '#scripts/test/tally'
import { binOf, environment } from '#scripts/tool'

const RUNNERS = ['node', 'worker', 'e2e'] as const
type Runner = (typeof RUNNERS)[number]

const isRunner = (name: string): name is Runner => (RUNNERS as readonly string[]).includes(name)

// A runner speaks to the terminal itself: its failures are what the person wants to read.
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

async function runVitest(project: 'node' | 'worker'): Promise<Tally> {
  const report = join(testDir, `${project}.json`)
  const args = ['run', '--project', project, '--reporter=dot', '--reporter=json']
  const code = await run(binOf('vitest'), [...args, `--outputFile.json=${report}`], {
    OASIS_DIST: testDist,
  })
  return tallyOfVitest(report, code)
}

async function runPlaywright(): Promise<Tally> {
  const report = join(testDir, 'e2e.json')
  const code = await run(
    binOf('@playwright/test', 'playwright'),
    ['test', '--reporter=list,json'],
    {
      CHROMIUM_PATH: await findBrowser(),
      FIREFOX_PATH: findFirefox(),
      OASIS_E2E_PORT: String(await anyPort()),
      PLAYWRIGHT_JSON_OUTPUT_FILE: report,
    },
  )
  return tallyOfPlaywright(report, code)
}

runTask(async () => {
  const asked = process.argv.slice(2)
  const wrong = asked.find((name) => !isRunner(name))
  if (wrong !== undefined) throw new Stop(`There is no runner ${wrong}: say node, worker or e2e.`)
  const runners = asked.length === 0 ? RUNNERS : asked.filter(isRunner)
  mkdirSync(testDir, { recursive: true })
  // Before the long part: a missing browser is told at once.
  if (runners.includes('e2e')) await findBrowser()
  await prepareTestSite()
  const total = { passed: 0, failed: 0 }
  for (const runner of runners) {
    rmSync(join(testDir, `${runner}.json`), { force: true })
    const { passed, failed } = runner === 'e2e' ? await runPlaywright() : await runVitest(runner)
    total.passed += passed
    total.failed += failed
  }
  // Last but one, where it is read: what was not tested must not look as if it had passed.
  if (runners.includes('e2e') && !findFirefox()) console.log(NO_FIREFOX)
  console.log(`${total.passed} passed, ${total.failed} failed`)
  return total.failed === 0 && total.passed > 0 ? 0 : 1
})
