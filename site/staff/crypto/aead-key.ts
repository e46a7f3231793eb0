// Seals and opens bytes with a non-exportable AES-256-GCM key. The format is nonce (12) ‖
// ciphertext ‖ tag (16). The label is the additional data.
import { concat, randomBytes, utf8, type Bytes } from '#protocol/bytes'
import { Refusal } from '#protocol/errors'

const NONCE_BYTES = 12

const parameters = (iv: Bytes, label: string): AesGcmParams => ({
  name: 'AES-GCM',
  iv,
  additionalData: labelBytes(label),
})

/** Encodes a label as UTF-8. Labels are ASCII, for which this loop is faster than TextEncoder. */
function labelBytes(label: string): Bytes {
  const bytes = new Uint8Array(label.length)
  for (let at = 0; at < label.length; at++) {
    const code = label.charCodeAt(at)
    if (code > 0x7f) return utf8(label)
    bytes[at] = code
  }
  return bytes
}

/** @throws the error of WebCrypto */
export async function sealWithKey(key: CryptoKey, label: string, plain: Bytes): Promise<Bytes> {
  const iv = randomBytes(NONCE_BYTES)
  const sealed = await crypto.subtle.encrypt(parameters(iv, label), key, plain)
  return concat(iv, new Uint8Array(sealed))
}

/** @throws Refusal `cannot_open` for a wrong key, a wrong label or changed bytes */
export async function openWithKey(key: CryptoKey, label: string, sealed: Bytes): Promise<Bytes> {
  try {
    const iv = sealed.subarray(0, NONCE_BYTES)
    const plain = await crypto.subtle.decrypt(
      parameters(iv, label),
      key,
      sealed.subarray(NONCE_BYTES),
    )
    return new Uint8Array(plain)
  } catch (cause) {
    throw new Refusal('cannot_open', { cause })
  }
}

/** Imports 32 bytes as a non-exportable key. */
export const importAeadKey = (bytes: Bytes): Promise<CryptoKey> =>
  crypto.subtle.importKey('raw', bytes, 'AES-GCM', false, ['encrypt', 'decrypt'])

/**
 * Derives a non-exportable key with HKDF-SHA256 (RFC 5869). The label is the salt, and the info is
 * empty, as in deriveBytes of the protocol.
 *
 * @param secret  a WebCrypto key for HKDF
 */
export const deriveAeadKey = (secret: CryptoKey, label: string): Promise<CryptoKey> =>
  crypto.subtle.deriveKey(
    { name: 'HKDF', hash: 'SHA-256', salt: labelBytes(label), info: new Uint8Array(0) },
    secret,
    { name: 'AES-GCM', length: 256 },
    false,
    ['encrypt', 'decrypt'],
  )
