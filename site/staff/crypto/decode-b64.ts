// Decodes base64url in a loop. A call for each character would take a quarter of the time that a
// letter needs to open. The search index opens thousands of letters.
import { type Bytes } from '#protocol/bytes'

/** Decodes as fromB64 of the protocol does. Throws DOMException on any other character. */
export function decodeB64(text: string): Bytes {
  const binary = atob(text.replace(/-/g, '+').replace(/_/g, '/'))
  const bytes = new Uint8Array(binary.length)
  for (let at = 0; at < binary.length; at++) bytes[at] = binary.charCodeAt(at)
  return bytes
}
