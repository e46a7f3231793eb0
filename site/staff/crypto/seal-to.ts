// Seals bytes to the hybrid key of a person or to the recovery key. Also imports the seed of the
// key that opens the sealed bytes. HPKE (RFC 9180) is used in base mode with X-Wing. A browser
// without X-Wing loads a library, which keeps the seed in the page's memory. The browser's own
// X-Wing has non-exportable keys.
import {
  AEAD_AES_256_GCM,
  CipherSuite,
  KDF_HKDF_SHA256,
  KEM_MLKEM768_X25519,
  type KEMFactory,
} from 'hpke'
import { concat, utf8, type Bytes } from '#protocol/bytes'
import { Refusal } from '#protocol/errors'
import { HYBRID_ENC_BYTES } from '#protocol/limits'
import { hpkeOpen, type OpeningKey } from './hpke-open.ts'

const NONE: Bytes = new Uint8Array(0)
const PROBE = utf8('oasis/v1/probe')

/** The private key of a person, or the private recovery key, with its public half. */
export interface HybridOpeningKey extends OpeningKey {
  /** 1,216 bytes */
  publicBytes: Bytes
}

/** A new key: the public half (1,216 bytes) and the seed (32 bytes) of the private half. */
export interface HybridPair {
  publicKey: Bytes
  seed: Bytes
}

const suiteWith = (kem: KEMFactory): CipherSuite =>
  new CipherSuite(kem, KDF_HKDF_SHA256, AEAD_AES_256_GCM)

/**
 * Runs `work` with the browser's own X-Wing. If that fails, runs `work` again with the library.
 *
 * @param key  the key to work with. The library receives a copy, because it still needs the bytes
 *   after callers have wiped theirs.
 * @throws Refusal `network` when the library cannot be loaded
 */
async function withXWing<Result>(
  key: Bytes,
  work: (suite: CipherSuite, key: Bytes) => Promise<Result>,
): Promise<Result> {
  try {
    return await work(suiteWith(KEM_MLKEM768_X25519), key)
  } catch {
    const library = await import('./noble-kem.ts').catch((cause: unknown) => {
      throw new Refusal('network', { cause })
    })
    return work(suiteWith(library.KEM_MLKEM768_X25519), key.slice())
  }
}

/**
 * @param publicKey  1,216 bytes: ML-KEM-768 (1,184) ‖ X25519 (32)
 * @param info       bound into the key schedule; any length
 * @param aad        authenticated with the ciphertext; any length
 * @returns enc (1,120) ‖ ciphertext (plaintext length + 16)
 * @throws the error from `hpke` for bytes that are not a key; Refusal `network` from withXWing
 */
export const sealTo = (
  publicKey: Bytes,
  info: Bytes,
  plaintext: Bytes,
  aad: Bytes = NONE,
): Promise<Bytes> =>
  withXWing(publicKey, async (suite, key) => {
    const recipient = await suite.DeserializePublicKey(key)
    const { encapsulatedSecret, ciphertext } = await suite.Seal(recipient, plaintext, { info, aad })
    return concat(encapsulatedSecret, ciphertext)
  })

/** Makes a key pair for a person, for recovery or for an epoch. The caller wipes the seed. */
export const makeHybridPair = (): Promise<HybridPair> =>
  withXWing(NONE, async (suite) => {
    const { publicKey, privateKey } = await suite.GenerateKeyPair(true)
    return {
      publicKey: new Uint8Array(await suite.SerializePublicKey(publicKey)),
      seed: new Uint8Array(await suite.SerializePrivateKey(privateKey)),
    }
  })

/**
 * Imports the private half of a hybrid key, such as an epoch's key of suite 2.
 *
 * @param seed  32 bytes; the caller wipes them
 * @throws Refusal `cannot_open` when they are not a seed; `network` from withXWing
 */
export const importHybridKey = (seed: Bytes): Promise<OpeningKey> =>
  refusing(() =>
    withXWing(seed, async (suite, bytes) => {
      const key = await suite.DeserializePrivateKey(bytes, false)
      return {
        encBytes: HYBRID_ENC_BYTES,
        open: (enc, ciphertext, bound) => suite.Open(key, enc, ciphertext, bound),
      }
    }),
  )

/**
 * Imports the key of a person or the recovery key, and proves that both halves belong together. The
 * proof is a message sealed to the public half, because no library can derive that half from a
 * seed. Only the matching private half opens it, because X-Wing hashes the public key into the
 * shared secret.
 *
 * @param seed         32 bytes; the caller wipes them
 * @param publicBytes  1,216 bytes
 * @throws Refusal `cannot_open` when the halves belong to different keys; `network` from withXWing
 */
export const importSealingKey = (seed: Bytes, publicBytes: Bytes): Promise<HybridOpeningKey> =>
  refusing(async () => {
    const key = await importHybridKey(seed)
    await openProbe(key, publicBytes)
    return { ...key, publicBytes }
  })

const openProbe = async (key: OpeningKey, publicBytes: Bytes): Promise<Bytes> =>
  hpkeOpen(key, PROBE, NONE, await sealTo(publicBytes, PROBE, NONE))

/** Returns true when a key is the private half of a hybrid key; see importSealingKey. */
export const isHybridKeyOf = (key: OpeningKey, publicBytes: Bytes): Promise<boolean> =>
  openProbe(key, publicBytes).then(
    () => true,
    () => false,
  )

async function refusing<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work()
  } catch (cause) {
    throw cause instanceof Refusal ? cause : new Refusal('cannot_open', { cause })
  }
}
