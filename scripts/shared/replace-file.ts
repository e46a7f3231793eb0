// Replaces a file in one step. A full disk or a power cut leaves the old file unchanged.
import { renameSync, writeFileSync } from 'node:fs'

/** Writes the text under a new name first. Only the owner can read the file. */
export function replaceFile(path: string, text: string): void {
  writeFileSync(`${path}.new`, text, { mode: 0o600, flush: true })
  renameSync(`${path}.new`, path)
}
