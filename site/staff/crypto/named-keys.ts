// Proves that an opened copy is the key that the replayed roster lists. Anybody can seal bytes to a
// public key, so opening a copy proves nothing by itself.
import { fromB64, sameBytes, sha256 } from '#protocol/bytes'
import { readManifest } from '#protocol/keys/manifest'
import { HYBRID_SUITE, SUITE } from '#protocol/limits'
import { type Suite } from '#protocol/report/envelope'
import { type Roster } from '#protocol/staff/ledger/roster-state'
import { isPointOf, type OpeningKey } from './hpke-open.ts'
import { isHybridKeyOf } from './seal-to.ts'

/** The keys that open the reports of an epoch, keyed by suite. */
export type EpochKeys = Readonly<Record<Suite, OpeningKey>>

/** The number of an epoch, and its suite 2 public key as sent by the server, base64url. */
export interface NamedEpoch {
  epoch: number
  hybridKey: string
}

/** Returns true when the keys are the private halves of the two keys in the roster's manifest. */
export async function isEpochKey(
  { epochs }: Pick<Roster, 'epochs'>,
  { epoch, hybridKey }: NamedEpoch,
  keys: EpochKeys,
): Promise<boolean> {
  const named = epochs.get(epoch)
  if (!named) return false
  const { intake, hybridHash } = readManifest(fromB64(named.manifest))
  const hybrid = fromB64(hybridKey)
  if (!sameBytes(await sha256(hybrid), hybridHash)) return false
  return (await isPointOf(keys[SUITE], intake)) && isHybridKeyOf(keys[HYBRID_SUITE], hybrid)
}

/** @param commitment  the commitment to the opened key; see teamCommitment */
export const isTeamKey = (
  { teams }: Pick<Roster, 'teams'>,
  { generation, commitment }: { generation: number; commitment: string },
): boolean => teams.get(generation)?.commitment === commitment
