// `npm run verify`: every check that needs neither a browser nor a network. One line a check; output only of those that fail.
import { existsSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { atOnce } from '#scripts/at-once'
import { root } from '#scripts/paths'
import { runTask } from '#scripts/step'
import { runTool } from '#scripts/tool'
import { astroArrows } from '#scripts/verify/astro-arrows'
import { deadPaths } from '#scripts/verify/doc-paths'
import { settingFaults } from '#scripts/verify/settings'
import { stringFaults } from '#scripts/verify/strings'

type Check = { name: string; faults: () => Promise<string> }

const tool = (name: string, packageName: string, args: string[], command?: string): Check => ({
  name,
  faults: async () => {
    const ran = await runTool(packageName, args, command === undefined ? {} : { command })
    return ran.code === 0 ? '' : ran.output || `${packageName} ended with code ${ran.code}`
  },
})

const own = (name: string, check: (folder: string) => string[]): Check => ({
  name,
  faults: () => Promise.resolve(check(root).join('\n')),
})

const ROOMS = [
  '.',
  'worker',
  'site/tell',
  'site/staff',
  'site/islands',
  'scripts',
  'scripts/bench/worker',
  'test',
  'test/worker',
]
const configs = ROOMS.map((room) => join(room, 'tsconfig.json'))

// The slowest first, so that the short ones fill the gaps.
const CHECKS: Check[] = [
  tool(
    'pages and their types (astro check)',
    '@astrojs/check',
    ['--tsconfig', 'site/tsconfig.json'],
    'astro-check',
  ),
  tool('lint', 'eslint', ['.', '--cache', '--cache-location', 'node_modules/.cache/eslint/']),
  ...configs
    .filter((path) => existsSync(join(root, path)))
    .map((path) =>
      tool(`types of ${path}`, 'typescript', ['--noEmit', '--pretty', 'false', '-p', path], 'tsc'),
    ),
  tool('format', 'prettier', ['--check', '.', '--log-level', 'warn']),
  tool(
    'arrows and circles',
    'dependency-cruiser',
    ['--config', '.dependency-cruiser.cjs', 'site', 'worker', 'content', 'scripts', 'test'],
    'depcruise',
  ),
  own('arrows of pages', astroArrows),
  own('paths in documents', deadPaths),
  own('strings in every language', stringFaults),
  own('settings that must stay', settingFaults),
]

async function runAll(checks: Check[]): Promise<number> {
  let failed = 0
  await atOnce(Math.max(2, availableParallelism()), checks, async (check) => {
    const since = Date.now()
    const faults = await check.faults()
    const seconds = ((Date.now() - since) / 1000).toFixed(1)
    console.log(`${faults === '' ? 'ok    ' : 'FAILED'}  ${check.name} (${seconds} s)`)
    if (faults === '') return
    failed += 1
    console.log(`${faults.trimEnd()}\n`)
  })
  return failed
}

runTask(async () => {
  const failed = await runAll(CHECKS)
  console.log(failed === 0 ? 'Everything holds.' : `${failed} of ${CHECKS.length} checks failed.`)
  return failed === 0 ? 0 : 1
})
