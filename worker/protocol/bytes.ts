// Byte work that the wire contract needs: joining, comparing, encoding. Pure, and written for browsers of 2017.

/** Bytes that own their memory, as WebCrypto wants them. */
export type Bytes = Uint8Array<ArrayBuffer>

/** Joins `parts` in order into one new array. */
export function concat(...parts: Uint8Array[]): Bytes {
  const joined = new Uint8Array(parts.reduce((length, part) => length + part.length, 0))
  let offset = 0
  for (const part of parts) {
    joined.set(part, offset)
    offset += part.length
  }
  return joined
}

/** UTF-8 bytes of `text`. */
export const utf8 = (text: string): Bytes => new TextEncoder().encode(text)

/** Text of UTF-8 `bytes`. Throws TypeError on broken UTF-8. */
export const fromUtf8 = (bytes: Uint8Array): string =>
  new TextDecoder('utf-8', { fatal: true }).decode(bytes)

/** `value` (0 to 2^32 − 1) as 4 bytes, big endian. */
export const u32 = (value: number): Bytes =>
  new Uint8Array([value >>> 24, value >>> 16, value >>> 8, value])

/** The unsigned 32-bit big-endian number at `offset`. Throws RangeError when fewer than 4 bytes stand there. */
export const readU32 = (bytes: Uint8Array, offset = 0): number =>
  new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getUint32(offset)

/** base64url without padding (RFC 4648, section 5). */
export function toB64(bytes: Uint8Array): string {
  let binary = ''
  for (const byte of bytes) binary += String.fromCharCode(byte)
  return btoa(binary).replace(/\+/g, '-').replace(/\//g, '_').replace(/=/g, '')
}

/** Bytes of a base64url text, with or without padding. Throws on any other character. */
export function fromB64(text: string): Bytes {
  const binary = atob(text.replace(/-/g, '+').replace(/_/g, '/'))
  return Uint8Array.from(binary, (char) => char.charCodeAt(0))
}

/** Equal length and bytes. Runs through the whole length, so that time tells little of where they differ. */
export function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  let difference = a.length ^ b.length
  for (let at = 0; at < a.length; at++) difference |= (a[at] ?? 0) ^ (b[at] ?? 0)
  return difference === 0
}

/** `length` bytes from the system's random source. */
export const randomBytes = (length: number): Bytes => crypto.getRandomValues(new Uint8Array(length))

/** SHA-256 of the joined `parts` (FIPS 180-4), 32 bytes. */
export const sha256 = async (...parts: Uint8Array[]): Promise<Bytes> =>
  new Uint8Array(await crypto.subtle.digest('SHA-256', concat(...parts)))
