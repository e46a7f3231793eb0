// Reads and writes the files in content/ for the browser editor, and no other files.
import { lstatSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { storedText } from '#scripts/edit/stored'
import { filesUnder } from '#scripts/shared/paths'

/** The files that the editor may read and write. Code is not among them. */
const EDITABLE = [
  /^content\/(pages|countries)\/[a-z]{2}\/[a-z0-9-]+\.mdx$/,
  /^content\/(strings\/[a-z]{2}\/|stories\/|templates\/)?[a-z0-9-]+\.json$/,
  /^content\/audio\/[a-z]{2}\/[a-z0-9-]+\.opus$/,
]
const AUDIO = 'content/audio/'
/** The maximum size of one file, in bytes. */
export const MOST_BYTES = 2_000_000

const isEditable = (path: string): boolean => EDITABLE.some((each) => each.test(path))

/**
 * True when no folder or file in the path is a symbolic link, which could lead out of the project.
 */
function isInside(folder: string, path: string): boolean {
  const steps = path.split('/').map((_, at, all) => join(folder, ...all.slice(0, at + 1)))
  return steps.every((step) => {
    const found = lstatSync(step, { throwIfNoEntry: false })
    return found === undefined || !found.isSymbolicLink()
  })
}

const mayTouch = (folder: string, path: string): boolean =>
  isEditable(path) && isInside(folder, path)

/** Lists the files that the editor shows. */
export const editableFiles = (folder: string): string[] =>
  filesUnder(folder, 'content').filter(isEditable)

/** Returns a file's bytes, or null when the file is missing or the editor may not read it. */
export function readEditable(folder: string, path: string): Buffer | null {
  if (!mayTouch(folder, path)) return null
  try {
    return readFileSync(join(folder, path))
  } catch {
    return null
  }
}

/** Writes a file completely or not at all. */
export function writeWhole(path: string, bytes: Uint8Array | string): void {
  mkdirSync(dirname(path), { recursive: true })
  const beside = `${path}.saving`
  writeFileSync(beside, bytes)
  renameSync(beside, path)
}

/**
 * Stores a file, formatted in the style of the repository.
 *
 * @returns false when the editor may not write it
 */
export function writeEditable(folder: string, path: string, bytes: Buffer): boolean {
  if (!mayTouch(folder, path) || bytes.length > MOST_BYTES) return false
  const before = readEditable(folder, path)?.toString('utf8') ?? null
  const stored = path.startsWith(AUDIO) ? bytes : storedText(path, bytes.toString('utf8'), before)
  writeWhole(join(folder, path), stored)
  return true
}

/** Removes a recording. @returns false for any other file, because the editor deletes no text */
export function removeEditable(folder: string, path: string): boolean {
  if (!mayTouch(folder, path) || !path.startsWith(AUDIO)) return false
  rmSync(join(folder, path), { force: true })
  return true
}
