// Seals bytes under a symmetric key with AES-256-GCM. Only the staff app contains the code that
// opens the output of sealUnderKey.
import { concat, randomBytes, utf8, type Bytes } from '../bytes.ts'

/**
 * Seals `plain` under a key (AES-GCM, NIST SP 800-38D).
 *
 * @param key  32 bytes, or 16 for AES-128-GCM
 * @param iv  12 bytes, which must never repeat under this key
 * @param aad  authenticated with the ciphertext; any length
 * @returns ciphertext (plain length) ‖ tag (16)
 * @throws the error of WebCrypto
 */
export async function sealAesGcm(key: Bytes, iv: Bytes, aad: Bytes, plain: Bytes): Promise<Bytes> {
  const { subtle } = crypto
  const aesKey = await subtle.importKey('raw', key, 'AES-GCM', false, ['encrypt'])
  return new Uint8Array(
    await subtle.encrypt({ name: 'AES-GCM', iv, additionalData: aad }, aesKey, plain),
  )
}

/**
 * Seals `plain` under a key for one purpose, for example as a slot, a case key or an entry.
 *
 * @param key    32 bytes
 * @param label  ASCII; the additional data, so that the bytes open only for this purpose
 * @returns nonce (12) ‖ AES-256-GCM ciphertext (plain length + 16)
 * @throws the error of WebCrypto
 */
export async function sealUnderKey(key: Bytes, label: string, plain: Bytes): Promise<Bytes> {
  const iv = randomBytes(12)
  return concat(iv, await sealAesGcm(key, iv, utf8(label), plain))
}
