import { type Bytes } from '#protocol/bytes'

/** Long enough for a browser that asks where to save the file. */
const KEPT_MS = 120_000

/**
 * Saves a file under a name chosen by the app, with a type for which the browser starts no program.
 */
export function saveBytes(content: Bytes, name: string): void {
  const address = URL.createObjectURL(new Blob([content], { type: 'application/octet-stream' }))
  const link = document.createElement('a')
  link.href = address
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(address), KEPT_MS)
}
