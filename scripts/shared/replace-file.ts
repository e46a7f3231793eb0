// Replaces a file as a whole. A full disk or a cut leaves the old file as it was.
import { closeSync, fsyncSync, openSync, renameSync, writeSync } from 'node:fs'

/** Writes the text under a new name first. Only the owner can read the file. */
export function replaceFile(path: string, text: string): void {
  const written = openSync(`${path}.new`, 'w', 0o600)
  try {
    writeSync(written, text)
    fsyncSync(written)
  } finally {
    closeSync(written)
  }
  renameSync(`${path}.new`, path)
}
