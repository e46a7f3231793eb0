// Opens the keys of an epoch with shares of the recovery key, as two board members could.
import type { Bytes } from '#protocol/bytes'
import { intakeInfo, readEpochKeys, type EpochPrivateKeys } from '#protocol/keys/epoch-private-keys'
import { hpkeOpen } from '#site/staff/crypto/hpke-open.ts'
import { combineShares } from '#site/staff/recovery/shares.ts'

/** An epoch's private keys, sealed to the recovery key. */
export interface RecoverableEpoch {
  epoch: number
  /** enc (1,120) ‖ ciphertext */
  sealedForRecovery: Bytes
}

/**
 * Opens the private keys of an epoch.
 *
 * @param shares          two of the three shares, as they are printed
 * @param recoveryPublic  1,216 bytes
 * @returns the epoch's private keys, which the caller wipes
 * @throws RecoveryFault for wrong shares; Refusal `cannot_open` when the keys do not open
 */
export async function openEpochKeys(
  shares: string[],
  recoveryPublic: Bytes,
  { epoch, sealedForRecovery: sealed }: RecoverableEpoch,
): Promise<EpochPrivateKeys> {
  const recovery = await combineShares(shares, [recoveryPublic])
  return readEpochKeys(await hpkeOpen(recovery, intakeInfo(epoch), new Uint8Array(0), sealed))
}
