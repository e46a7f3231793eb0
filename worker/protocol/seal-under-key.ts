// Seals bytes under a symmetric key with a label: slots, case files, keys in an invitation. The opening half is the staff app's.
import { concat, randomBytes, utf8, type Bytes } from './bytes.ts'

/** Seals bytes under a 32-byte key: nonce (12) ‖ AES-256-GCM, with `label` as additional data. */
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
