// Records in docs/requirements.md the last commit on which each slow test passed. A slow test
// proves a requirement only for that commit.
import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { root } from '#scripts/shared/paths'
import { runTool } from '#scripts/shared/run-tool'

const PAGE = 'docs/requirements.md'
/** The heading of the table, which is the last part of the page. */
const HEADING = '## When the slow tests last passed'
const HEAD = '| Test | Commit | Day |\n| --- | --- | --- |'
const NAMED = /`(test\/[\w./-]+)`/g
const ROW = /^\| `(test\/[\w./-]+)` +\| `([0-9a-f]{12})` +\| (\d{4}-\d\d-\d\d) +\|$/gm

/** The commit on which a test file last passed, and the day of that run. */
export interface Success {
  commit: string
  day: string
}

/** Divides the page into the part before the table, the text before its rows, and the rows. */
function partsOf(page: string): { text: string; words: string; rows: string } {
  const [text = '', table = ''] = page.split(HEADING)
  const first = table.indexOf('\n|')
  return { text, words: table.slice(0, first), rows: table.slice(first) }
}

/** Returns the rows of the table, keyed by the path of the test. */
export const successesIn = (page: string): Map<string, Success> =>
  new Map(
    [...partsOf(page).rows.matchAll(ROW)].map(([, file = '', commit = '', day = '']) => [
      file,
      { commit, day },
    ]),
  )

/** Returns the paths of tests that the page mentions before the table. */
export const namedIn = (page: string): Set<string> =>
  new Set([...partsOf(page).text.matchAll(NAMED)].map(([, file = '']) => file))

/**
 * Returns the page with a row for each mentioned file.
 *
 * @param files  the files that passed, with paths that begin with `test/`
 */
export function withSuccesses(page: string, files: readonly string[], success: Success): string {
  const { text, words } = partsOf(page)
  const named = namedIn(page)
  const rows = new Map([...successesIn(page), ...files.map((file) => [file, success] as const)])
  const lines = [...rows]
    .filter(([file]) => named.has(file))
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([file, { commit, day }]) => `| \`${file}\` | \`${commit}\` | ${day} |`)
  return `${text}${HEADING}${words}\n${[HEAD, ...lines].join('\n')}\n`
}

interface VitestFiles {
  testResults: { name: string; status: string; assertionResults: { status: string }[] }[]
}
interface PlaywrightFiles {
  suites: PlaywrightFile[]
}
interface PlaywrightFile {
  file: string
  suites?: PlaywrightFile[]
  specs: { ok: boolean; tests: { status: string }[] }[]
}

/** Returns the files in a Vitest report that have at least one passed test and no failed test. */
export const successesInVitest = ({ testResults }: VitestFiles): string[] =>
  testResults
    .filter(({ status, assertionResults }) => {
      const isPassed = assertionResults.some((one) => one.status === 'passed')
      return status === 'passed' && isPassed
    })
    .map(({ name }) => relative(root, name))

const specsIn = ({ specs, suites = [] }: PlaywrightFile): PlaywrightFile['specs'] => [
  ...specs,
  ...suites.flatMap(specsIn),
]

/**
 * Returns the files in a Playwright report that have at least one passed test and no failed test.
 */
export const successesInPlaywright = ({ suites }: PlaywrightFiles): string[] =>
  suites
    .filter((suite) => {
      const specs = specsIn(suite)
      const isPassed = specs.some(({ tests }) => tests.some(({ status }) => status !== 'skipped'))
      return isPassed && specs.every(({ ok }) => ok)
    })
    .map(({ file }) => `test/e2e/${file}`)

const git = (...args: string[]): string =>
  execFileSync('git', args, { cwd: root, encoding: 'utf8' }).trim()

/**
 * The commit of the sources; null when the sources differ from the commit, because the tests then
 * prove nothing.
 */
export type Sources = string | null

export const readSources = (): Sources =>
  existsSync(join(root, '.git')) && git('status', '--porcelain') === ''
    ? git('rev-parse', '--short=12', 'HEAD')
    : null

/**
 * Records the files that passed, unless the sources have changed since the tests began.
 *
 * @param sources  the sources when the tests began
 * @param reports  the paths of the two reports
 */
export async function recordSoak(
  sources: Sources,
  reports: { vitest: string; playwright: string },
): Promise<void> {
  const commit = readSources()
  if (commit === null || commit !== sources) return
  const read = (file: string): unknown =>
    existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : null
  const ofVitest = read(reports.vitest) as VitestFiles | null
  const ofBrowser = read(reports.playwright) as PlaywrightFiles | null
  const files = [
    ...(ofVitest ? successesInVitest(ofVitest) : []),
    ...(ofBrowser ? successesInPlaywright(ofBrowser) : []),
  ]
  const path = join(root, PAGE)
  const day = new Date().toISOString().slice(0, 10)
  writeFileSync(path, withSuccesses(readFileSync(path, 'utf8'), files, { commit, day }))
  await runTool('prettier', ['--write', path])
  console.log(`${PAGE} says which slow tests passed: commit it.`)
}
