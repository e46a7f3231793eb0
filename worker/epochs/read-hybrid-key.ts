// Gives intake the hybrid key to which letters are currently sealed. The staff host has no public
// API. Browsers compare the key with the hash in the manifest of the ledger.
import { toB64 } from '#protocol/bytes'
import { Refusal } from '#protocol/errors'
import type { PublishedHybridKey } from '#protocol/staff/ledger/keys'
import { requireRole } from '#worker/auth/require-role'
import type { StaffDeps } from '#worker/deps'
import { findCurrentEpoch } from '#worker/store/ledger/epochs'

/** @throws Refusal `not_allowed`; `unavailable` if there is no epoch */
export async function readHybridKey({ db, actor }: StaffDeps): Promise<PublishedHybridKey> {
  requireRole(actor, 'intake')
  const current = await findCurrentEpoch(db)
  if (!current) throw new Refusal('unavailable')
  return { hybridKey: toB64(current.hybridKey) }
}
