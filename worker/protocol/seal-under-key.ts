// Seals bytes under a symmetric key with a label: slots, case files, keys in an invitation. The opening half is the staff app's.
import { concat, randomBytes, utf8, type Bytes } from './bytes.ts'

/**
 * @param key    32 bytes
 * @param label  ASCII; the additional data, so that what is sealed for one purpose opens for no other
 * @returns nonce (12) ‖ AES-256-GCM ciphertext (plain length + 16)
 * @throws whatever WebCrypto throws
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
