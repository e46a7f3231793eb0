// Reads and searches the files of a folder in which a browser or a server may still work.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { findCanary } from './canary.ts'

export interface KeptFile {
  name: string
  path: string
  bytes: Buffer
}

/** Returns every file in a folder and its subfolders, except a file that is removed meanwhile. */
export const readFolder = (folder: string): KeptFile[] =>
  unlessGone(() => readdirSync(folder, { withFileTypes: true })).flatMap((entry) => {
    const { name } = entry
    const path = join(folder, name)
    if (entry.isDirectory()) return readFolder(path)
    return entry.isFile() ? unlessGone(() => [{ name, path, bytes: readFileSync(path) }]) : []
  })

function unlessGone<T>(read: () => T[]): T[] {
  try {
    return read()
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return []
    throw error
  }
}

/** Returns each of the files that contains one of the sentences, together with what was found. */
export const foundIn = (files: readonly KeptFile[], sentences: (string | Buffer)[]): string[] =>
  files.flatMap(({ path, bytes }) => findCanary(bytes, sentences).map((text) => `${path}: ${text}`))

/**
 * Searches a folder as foundIn does.
 *
 * @param among  the paths to search
 */
export const foundUnder = (folder: string, sentences: (string | Buffer)[], among = /./): string[] =>
  foundIn(
    readFolder(folder).filter(({ path }) => among.test(path)),
    sentences,
  )
