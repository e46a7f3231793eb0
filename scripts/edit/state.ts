// Finds what the page of the editor shows after each save: faults, changed files and the lists.
import { execFile } from 'node:child_process'
import { join } from 'node:path'
import type { Language } from '#content/languages.ts'
import { root } from '#scripts/shared/paths'
import { labelsOf } from '#site/editor/edit-page.ts'
import { listsIn, type Lists } from '#site/editor/lists.ts'

export interface State {
  faults: { path: string; line: number | null; sentence: string }[]
  changes: string[]
  lists: Lists | null
}

/**
 * Looks for faults in a program of its own, because some of the files that it reads are parsed once
 * for the life of a program.
 */
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

export async function stateOf(
  { changes }: { changes: () => string[] },
  lang: Language,
): Promise<State> {
  const faults = await findFaults(lang)
  // A file that cannot be read has no list; the fault says which file.
  const lists = await labelsOf(lang)
    .then((label) => listsIn(lang, label))
    .catch(() => null)
  return { faults, changes: changes(), lists }
}
