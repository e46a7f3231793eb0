// Writes and reads the private keys of an epoch as one sequence of bytes. Other code seals these
// bytes to people and to the recovery key. The worker does not use any function in this file.
import { concat, u32, utf8, type Bytes } from '../bytes.ts'
import { HYBRID_SEED_BYTES } from '../limits.ts'

/** The private keys of an epoch, one for each suite. */
export interface EpochPrivateKeys {
  /** the seed of the hybrid key, 32 bytes */
  hybridSeed: Bytes
  /** the P-256 private key, PKCS #8 */
  pkcs8: Bytes
}

/** Returns seed (32) ‖ PKCS #8. */
export const writeEpochKeys = ({ hybridSeed, pkcs8 }: EpochPrivateKeys): Bytes =>
  concat(hybridSeed, pkcs8)

/**
 * Returns copies of both keys. The bytes are not checked; an invalid key causes an error only when
 * it is imported.
 */
export const readEpochKeys = (bytes: Bytes): EpochPrivateKeys => ({
  hybridSeed: bytes.slice(0, HYBRID_SEED_BYTES),
  pkcs8: bytes.slice(HYBRID_SEED_BYTES),
})

/** Builds the HPKE info for sealing these keys: `oasis/v1/intake` ‖ epoch (4, big endian). */
export const intakeInfo = (epoch: number): Bytes => concat(utf8('oasis/v1/intake'), u32(epoch))
