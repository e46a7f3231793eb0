// Imports the private half of a hybrid key. With the browser's own X-Wing the key cannot be
// exported. A browser without X-Wing gets a library, which keeps the seed in the page's memory.
import {
  AEAD_AES_256_GCM,
  CipherSuite,
  KDF_HKDF_SHA256,
  KEM_MLKEM768_X25519,
  type KEMFactory,
} from 'hpke'
import { type Bytes } from '#protocol/bytes'
import { Refusal } from '#protocol/errors'
import { CEK_BYTES, HYBRID_WRAP_BYTES, KEY_ID_BYTES, TAG_BYTES } from '#protocol/limits'
import { type OpeningKey } from './hpke-open.ts'

const ENC_BYTES = HYBRID_WRAP_BYTES - KEY_ID_BYTES - CEK_BYTES - TAG_BYTES

async function importWith(kem: KEMFactory, seed: Bytes): Promise<OpeningKey> {
  const suite = new CipherSuite(kem, KDF_HKDF_SHA256, AEAD_AES_256_GCM)
  const key = await suite.DeserializePrivateKey(seed, false)
  return {
    encBytes: ENC_BYTES,
    open: (enc, ciphertext, bound) => suite.Open(key, enc, ciphertext, bound),
  }
}

/**
 * @param seed  32 bytes; the caller wipes them
 * @throws Refusal `cannot_open` when they are no seed, or the library does not arrive
 */
export async function importHybridKey(seed: Bytes): Promise<OpeningKey> {
  try {
    return await importWith(KEM_MLKEM768_X25519, seed).catch(async () => {
      const noble = await import('./noble-kem.ts')
      // A copy, because the library keeps the bytes and the caller wipes its own.
      return importWith(noble.KEM_MLKEM768_X25519, seed.slice())
    })
  } catch (cause) {
    throw new Refusal('cannot_open', { cause })
  }
}
