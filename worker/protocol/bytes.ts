// Joins, compares and encodes bytes; also runs in browsers from 2017.

/** Bytes in an ArrayBuffer, never in shared memory, because WebCrypto requires such bytes. */
export type Bytes = Uint8Array<ArrayBuffer>

/** Concatenates `parts` in order into one new array. */
export function concat(...parts: Uint8Array[]): Bytes {
  const joined = new Uint8Array(parts.reduce((length, part) => length + part.length, 0))
  let offset = 0
  for (const part of parts) {
    joined.set(part, offset)
    offset += part.length
  }
  return joined
}

/** Encodes `text` as UTF-8. */
export const utf8 = (text: string): Bytes => new TextEncoder().encode(text)

/** Decodes UTF-8. Throws TypeError on broken UTF-8. */
export const fromUtf8 = (bytes: Uint8Array): string =>
  new TextDecoder('utf-8', { fatal: true }).decode(bytes)

/** Encodes `value` (0 to 2^32 − 1) as 4 bytes, big endian. */
export const u32 = (value: number): Bytes =>
  new Uint8Array([value >>> 24, value >>> 16, value >>> 8, value])

/**
 * Reads 4 bytes at `offset`, unsigned, big endian. Throws RangeError when fewer than 4 bytes
 * remain.
 */
export const readU32 = (bytes: Uint8Array, offset = 0): number =>
  new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getUint32(offset)

/** Encodes bytes as base64url without padding (RFC 4648, section 5). */
export function toB64(bytes: Uint8Array): string {
  let binary = ''
  for (const byte of bytes) binary += String.fromCharCode(byte)
  return btoa(binary).replace(/\+/g, '-').replace(/\//g, '_').replace(/=/g, '')
}

/** Decodes base64url, with or without padding. Throws DOMException on any other character. */
export function fromB64(text: string): Bytes {
  const binary = atob(text.replace(/-/g, '+').replace(/_/g, '/'))
  // `Uint8Array.from` takes several times as long, and opening many letters means decoding
  // megabytes.
  return new Uint8Array(binary.length).map((_, at) => binary.charCodeAt(at))
}

/**
 * Returns true for equal bytes. The loop always covers all of `a`, so that the timing reveals
 * little about the difference.
 */
export function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  let difference = a.length ^ b.length
  for (let at = 0; at < a.length; at++) difference |= (a[at] ?? 0) ^ (b[at] ?? 0)
  return difference === 0
}

/** Returns `length` random bytes from the system. Throws QuotaExceededError above 65,536. */
export const randomBytes = (length: number): Bytes => crypto.getRandomValues(new Uint8Array(length))

/** Hashes the joined `parts` with SHA-256 (FIPS 180-4): 32 bytes. */
export const sha256 = async (...parts: Uint8Array[]): Promise<Bytes> =>
  new Uint8Array(await crypto.subtle.digest('SHA-256', concat(...parts)))
