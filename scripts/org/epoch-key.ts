// Opens the keys of an epoch with shares of the recovery key, as two members of the board could.
import type { Bytes } from '#protocol/bytes'
import { POINT_BYTES } from '#protocol/crypto/hpke-seal'
import { intakeInfo, readEpochKeys, type EpochPrivateKeys } from '#protocol/keys/epoch-private-keys'
import { suite1 } from '#scripts/org/keys'
import { combineShares } from '#scripts/org/shares'

/** An epoch's private keys, sealed to the recovery key. */
export interface RecoverableEpoch {
  epoch: number
  /** enc (65) ‖ ciphertext */
  sealedForRecovery: Bytes
}

/**
 * Opens the private keys of an epoch.
 *
 * @param shares          two of the three shares, as they are printed
 * @param recoveryPublic  65 bytes
 * @returns the epoch's private keys; the caller wipes them
 * @throws Stop for wrong shares; the error of `hpke` when the keys do not open
 */
export async function openEpochKeys(
  shares: string[],
  recoveryPublic: Bytes,
  { epoch, sealedForRecovery: sealed }: RecoverableEpoch,
): Promise<EpochPrivateKeys> {
  const pair = {
    privateKey: await combineShares(shares, recoveryPublic),
    publicKey: await suite1.DeserializePublicKey(recoveryPublic),
  }
  const [enc, ciphertext] = [sealed.slice(0, POINT_BYTES), sealed.slice(POINT_BYTES)]
  const opened = await suite1.Open(pair, enc, ciphertext, { info: intakeInfo(epoch) })
  return readEpochKeys(new Uint8Array(opened))
}
