// Lists the files in content/ that were saved but not committed, according to git. Without a
// repository, lists the files that have changed since the editor was started.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { editableFiles } from '#scripts/edit/files'

type Hashes = ReadonlyMap<string, string>

const hashesOf = (folder: string): Hashes =>
  new Map(
    editableFiles(folder).map((path) => [
      path,
      createHash('sha256')
        .update(readFileSync(join(folder, path)))
        .digest('hex'),
    ]),
  )

/** Runs git on this machine. The commands used here send nothing over the network. */
const git = (folder: string, args: string[]): { status: number | null; stdout: string } =>
  spawnSync('git', args, { cwd: folder, encoding: 'utf8' })

/** Returns null without git, and for a folder that git does not track. */
function fromGit(folder: string): string[] | null {
  if (git(folder, ['ls-files', '--error-unmatch', 'content/contacts.json']).status !== 0)
    return null
  const args = [
    'status',
    '--porcelain',
    '--no-renames',
    '-z',
    '--untracked-files=all',
    '--',
    'content',
  ]
  const ran = git(folder, args)
  if (ran.status !== 0) return null
  return ran.stdout.split('\0').flatMap((line) => (line === '' ? [] : [line.slice(3)]))
}

/** Returns a function that lists the changed files. */
export function changesIn(folder: string): () => string[] {
  const before = hashesOf(folder)
  return () => {
    const known = fromGit(folder)
    if (known !== null) return known.sort()
    const after = hashesOf(folder)
    const paths = new Set([...before.keys(), ...after.keys()])
    return [...paths].filter((path) => before.get(path) !== after.get(path)).sort()
  }
}
