// `npm run verify`: runs every check that needs neither a browser nor a network. The command prints
// one line per check, and the output of each failed check.
import { availableParallelism } from 'node:os'
import { inParallel } from '#scripts/shared/in-parallel'
import { root } from '#scripts/shared/paths'
import { runTask } from '#scripts/shared/progress'
import { runTool } from '#scripts/shared/run-tool'
import { astroArrows } from '#scripts/verify/astro-arrows'
import { deadPaths } from '#scripts/verify/doc-paths'
import { costFaults } from '#scripts/costs/page'
import { migrationFaults } from '#scripts/verify/migrations'
import { settingFaults } from '#scripts/settings/faults'
import { nameFaults } from '#scripts/verify/names'
import { numberFaults } from '#scripts/verify/numbers'
import { proseFaults } from '#scripts/verify/prose'
import { roomFaults, roomFigures } from '#scripts/verify/rooms'
import { sizeFaults } from '#scripts/verify/sizes'
import { helpFaults } from '#scripts/content/help-steps'
import { contentFaults } from '#scripts/content/content-faults'
import { faultWords, lineOfFault } from '#scripts/content/fault'
import { wordFaults } from '#scripts/verify/words'

interface Check {
  name: string
  faults: () => Promise<string>
}

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

/**
 * The rooms that are shipped. Lint checks the types of each file under the `tsconfig.json` of its
 * own room. These rooms are also checked together with all their imports, so that nothing shipped
 * needs Node.
 */
const SHIPPED = ['worker', 'site/lifeline', 'site/staff', 'site/enhance']
/** The files that oxfmt formats. `.prettierignore` hides these files from Prettier. */
const TYPESCRIPT = ['--ignore-path', '.gitignore', '**/*.{ts,tsx}']

// The slowest checks start first, so that the short checks fill the gaps.
const CHECKS: Check[] = [
  tool('pages and their types (astro check)', 'astro', [
    'check',
    '--tsconfig',
    'site/tsconfig.json',
  ]),
  tool('lint and types', 'oxlint', [
    '--type-aware',
    '--type-check',
    '--report-unused-disable-directives',
  ]),
  tool('lint of pages', 'eslint', ['**/*.astro']),
  ...SHIPPED.map((room) =>
    tool(
      `types that ${room} needs`,
      'typescript-native',
      ['--noEmit', '--pretty', 'false', '-p', room],
      'tsc',
    ),
  ),
  tool('format of TypeScript', 'oxfmt', ['--check', ...TYPESCRIPT]),
  tool('format of other files', 'prettier', ['--check', '.', '--log-level', 'warn']),
  tool(
    'arrows and circles',
    'dependency-cruiser',
    [
      ...['--config', '.dependency-cruiser.cjs', 'astro.config.mjs'],
      ...['site', 'worker', 'content', 'scripts', 'test'],
    ],
    'depcruise',
  ),
  tool('unused files, exports and packages', 'knip', ['--no-progress', '--no-config-hints']),
  own('arrows of pages', astroArrows),
  own('knots of rooms', roomFaults),
  own('paths in documents', deadPaths),
  own('migrations that only add', migrationFaults),
  own('words of the glossary', wordFaults),
  own('sentences of comments', proseFaults),
  own('sizes of files and lines', sizeFaults),
  own('names, casts and calls of fetch', nameFaults),
  own('numbers in the code and in the documents', numberFaults),
  own('sums of money in the documents', costFaults),
  own('texts, records and strings of content/', (folder) =>
    contentFaults(folder).map((each) => lineOfFault(each, faultWords('en'))),
  ),
  own('steps of Help in every language and in the documents', helpFaults),
  own('settings that must stay', settingFaults),
]

async function runAll(checks: Check[]): Promise<number> {
  let failed = 0
  await inParallel(Math.max(2, availableParallelism()), checks, async (check) => {
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
  for (const line of roomFigures(root)) console.log(line)
  console.log(failed === 0 ? 'Everything holds.' : `${failed} of ${CHECKS.length} checks failed.`)
  return failed === 0 ? 0 : 1
})
