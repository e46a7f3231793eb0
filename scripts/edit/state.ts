// Gathers what the editor's page shows after each save: faults, changed files and the lists.
import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Language } from '#content/languages.ts'
import { root } from '#scripts/shared/paths'
import { labelsOf } from '#site/editor/edit-page.ts'
import { listsIn, type Lists } from '#site/editor/lists.ts'

interface Said {
  path: string
  line: number | null
  sentence: string
  /** The text of the line, which helps a person find the fault in a field. */
  near?: string
}

export interface State {
  faults: Said[]
  changes: string[]
  lists: Lists | null
}

/** Looks for faults in a separate process, because a process parses some of the files only once. */
function findFaults(lang: Language): Promise<State['faults']> {
  const script = join(root, 'scripts/content.ts')
  const args = ['--disable-warning=ExperimentalWarning', script, 'faults', lang]
  return new Promise((done, fail) => {
    execFile(process.execPath, args, { cwd: root, maxBuffer: 10_000_000 }, (error, stdout) => {
      if (error !== null) fail(new Error('the check of content ended early', { cause: error }))
      else done(JSON.parse(stdout) as State['faults'])
    })
  })
}

const MOST_LETTERS = 80

/** Adds the text of its line to each fault, and sorts the faults by file and line. */
function withLines(folder: string, faults: readonly Said[]): Said[] {
  const near = ({ path, line }: Said): { near?: string } => {
    if (line === null || !path.endsWith('.mdx')) return {}
    const words = readFileSync(join(folder, path), 'utf8').split('\n')[line - 1]?.trim() ?? ''
    return words === '' ? {} : { near: words.slice(0, MOST_LETTERS) }
  }
  return faults
    .map((each) => ({ ...each, ...near(each) }))
    .sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : (a.line ?? 0) - (b.line ?? 0)))
}

export async function stateOf(
  { folder, changes }: { folder: string; changes: () => string[] },
  lang: Language,
): Promise<State> {
  const faults = withLines(folder, await findFaults(lang))
  // When a file cannot be read, the page gets no lists, and a fault names the file.
  const lists = await labelsOf(lang)
    .then((label) => listsIn(lang, label))
    .catch(() => null)
  return { faults, changes: changes(), lists }
}
