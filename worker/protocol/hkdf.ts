// HKDF-SHA256 (RFC 5869) over WebCrypto's HMAC: HPKE and the receipt share it, so that the page carries it once.
import { concat, utf8, type Bytes } from './bytes.ts'

const NO_SALT = new Uint8Array(32)

async function hmac(key: Bytes, message: Bytes): Promise<Bytes> {
  const hmacKey = await crypto.subtle.importKey(
    'raw',
    key,
    { name: 'HMAC', hash: 'SHA-256' },
    false,
    ['sign'],
  )
  return new Uint8Array(await crypto.subtle.sign('HMAC', hmacKey, message))
}

/** HKDF-Extract (RFC 5869, section 2.2): a 32-byte key. An empty salt stands for 32 zero bytes. */
export const hkdfExtract = (salt: Bytes, keyMaterial: Bytes): Promise<Bytes> =>
  // WebCrypto refuses an empty HMAC key; zeros give the same result, as HMAC pads its key with zeros.
  hmac(salt.length ? salt : NO_SALT, keyMaterial)

/** HKDF-Expand (RFC 5869, section 2.3): `length` bytes, at most 8,160. */
export async function hkdfExpand(key: Bytes, info: Bytes, length: number): Promise<Bytes> {
  let block: Bytes = new Uint8Array(0)
  let output: Bytes = block
  for (let counter = 1; output.length < length; counter++) {
    block = await hmac(key, concat(block, info, new Uint8Array([counter])))
    output = concat(output, block)
  }
  return output.slice(0, length)
}

/** Both steps at once with text labels: `length` bytes that belong to `label` under `secret`. */
export const deriveBytes = async (secret: Bytes, label: string, length: number): Promise<Bytes> =>
  hkdfExpand(await hkdfExtract(utf8(label), secret), new Uint8Array(0), length)
