// Derives keys with HKDF-SHA256 (RFC 5869) over WebCrypto's HMAC. HPKE and the receipt share this
// code, so that a page contains it only once.
import { concat, utf8, type Bytes } from '../bytes.ts'

const NO_SALT = /* @__PURE__ */ new Uint8Array(32)

/** Computes HMAC-SHA256 (RFC 2104), 32 bytes. WebCrypto refuses an empty `key`. */
export async function hmacSha256(key: Bytes, message: Bytes): Promise<Bytes> {
  const hmacKey = await crypto.subtle.importKey(
    'raw',
    key,
    { name: 'HMAC', hash: 'SHA-256' },
    false,
    ['sign'],
  )
  return new Uint8Array(await crypto.subtle.sign('HMAC', hmacKey, message))
}

/**
 * Runs HKDF-Extract (RFC 5869, section 2.2) and returns a key of 32 bytes. An empty salt means 32
 * zeros.
 */
export const hkdfExtract = (salt: Bytes, keyMaterial: Bytes): Promise<Bytes> =>
  // WebCrypto refuses an empty HMAC key. Zeros produce the same result, because HMAC pads with
  // zeros.
  hmacSha256(salt.length ? salt : NO_SALT, keyMaterial)

/**
 * Runs HKDF-Expand (RFC 5869, section 2.3) and returns `length` bytes; the limit of 8,160 is not
 * checked.
 */
export async function hkdfExpand(key: Bytes, info: Bytes, length: number): Promise<Bytes> {
  let block: Bytes = new Uint8Array(0)
  let output: Bytes = block
  for (let counter = 1; output.length < length; counter++) {
    block = await hmacSha256(key, concat(block, info, new Uint8Array([counter])))
    output = concat(output, block)
  }
  return output.slice(0, length)
}

/**
 * Runs both steps: derives `length` bytes from `secret`, with `label` as the salt and an empty
 * info.
 */
export const deriveBytes = async (secret: Bytes, label: string, length: number): Promise<Bytes> =>
  hkdfExpand(await hkdfExtract(utf8(label), secret), new Uint8Array(0), length)
