// Seals bytes under a symmetric key with a label: slots, case files, keys in an invitation.
// Only the staff app has the code that opens such bytes.
import { concat, randomBytes, utf8, type Bytes } from '../bytes.ts'

/**
 * Seals `plain` under a key, for one purpose.
 *
 * @param key    32 bytes
 * @param label  ASCII; the additional data, so that the bytes open for no other purpose
 * @returns nonce (12) ‖ AES-256-GCM ciphertext (plain length + 16)
 * @throws the error of WebCrypto
 */
export async function sealUnderKey(key: Bytes, label: string, plain: Bytes): Promise<Bytes> {
  const iv = randomBytes(12)
  const aesKey = await crypto.subtle.importKey('raw', key, 'AES-GCM', false, ['encrypt'])
  const sealed = await crypto.subtle.encrypt(
    { name: 'AES-GCM', iv, additionalData: utf8(label) },
    aesKey,
    plain,
  )
  return concat(iv, new Uint8Array(sealed))
}
