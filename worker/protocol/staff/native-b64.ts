// Converts base64url with the engine's own functions, or in a loop if the engine has no such
// functions. The search index converts parts of thousands of cases. Calling a function for each
// character would take a quarter as long as opening a letter.
import { toB64, type Bytes } from '../bytes.ts'

/** The parts of the standard `Uint8Array` that browsers have had since 2025. */
interface Decoder {
  fromBase64?: (text: string, form: { alphabet: 'base64url' }) => Bytes
}
interface Encoder {
  toBase64?: (form: { alphabet: 'base64url'; omitPadding: true }) => string
}

/**
 * Decodes base64url.
 *
 * @throws an error for a character outside the base64url alphabet; without the engine's function,
 *   `+` and `/` also pass
 */
export function decodeB64(text: string): Bytes {
  const native = (Uint8Array as Decoder).fromBase64
  if (native) return native.call(Uint8Array, text, { alphabet: 'base64url' })
  const binary = atob(text.replace(/-/g, '+').replace(/_/g, '/'))
  const bytes = new Uint8Array(binary.length)
  for (let at = 0; at < binary.length; at++) bytes[at] = binary.charCodeAt(at)
  return bytes
}

/** Encodes bytes in the same way as toB64. */
export const encodeB64 = (bytes: Bytes): string =>
  (bytes as Encoder).toBase64?.({ alphabet: 'base64url', omitPadding: true }) ?? toB64(bytes)

/** Decodes base64url; returns no bytes for any other string. An empty key cannot open anything. */
export function decodeOrNone(text: string): Bytes {
  try {
    return decodeB64(text)
  } catch {
    return new Uint8Array(0)
  }
}
