// Puts an opened file on the device, when asked, under a name of ours and as bytes that no program is chosen for.
import { type Bytes } from '#protocol/bytes'

/** Long enough for a browser that asks where to save. */
const KEPT_MS = 120_000

export function saveFile(content: Bytes, name: string): void {
  const address = URL.createObjectURL(new Blob([content], { type: 'application/octet-stream' }))
  const link = document.createElement('a')
  link.href = address
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(address), KEPT_MS)
}
