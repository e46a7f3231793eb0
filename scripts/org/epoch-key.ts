// Opens the key of an epoch with shares of the recovery key, as two members of the board could.
import { AEAD_AES_256_GCM, CipherSuite, KDF_HKDF_SHA256, KEM_DHKEM_P256_HKDF_SHA256 } from 'hpke'
import type { Bytes } from '#protocol/bytes'
import { POINT_BYTES } from '#protocol/crypto/hpke-seal'
import { intakeInfo } from '#protocol/staff/invitation'
import { combineShares } from '#scripts/org/shares'

/** An epoch's private key, sealed to the recovery key. */
export interface RecoverableEpoch {
  epoch: number
  /** enc (65) ‖ ciphertext */
  sealedForRecovery: Bytes
}

/**
 * Opens the private key of an epoch.
 *
 * @param shares          two of the three shares, as they are printed
 * @param recoveryPublic  65 bytes
 * @returns the epoch's private key as PKCS #8; the caller wipes it
 * @throws Stop for wrong shares; the error of `hpke` when the key does not open
 */
export async function openEpochKey(
  shares: string[],
  recoveryPublic: Bytes,
  { epoch, sealedForRecovery: sealed }: RecoverableEpoch,
): Promise<Bytes> {
  const suite = new CipherSuite(KEM_DHKEM_P256_HKDF_SHA256, KDF_HKDF_SHA256, AEAD_AES_256_GCM)
  const pair = {
    privateKey: await combineShares(shares, recoveryPublic),
    publicKey: await suite.DeserializePublicKey(recoveryPublic),
  }
  const [enc, ciphertext] = [sealed.slice(0, POINT_BYTES), sealed.slice(POINT_BYTES)]
  return new Uint8Array(await suite.Open(pair, enc, ciphertext, { info: intakeInfo(epoch) }))
}
