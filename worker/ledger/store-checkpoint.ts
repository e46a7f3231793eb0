// Stores a signed checkpoint. The edge compares only sizes; browsers verify the leaves against the
// digest in the row.
import type { Bytes } from '#protocol/bytes'
import { Refusal } from '#protocol/errors'
import { rowHash, type SignedChange } from '#protocol/staff/chain'
import { hasSize } from '#protocol/staff/ledger/checkpoint'
import { requireRole } from '#worker/auth/require-role'
import type { StaffDeps } from '#worker/deps'
import { changeWithRow } from '#worker/store/ledger/chains'
import { deleteOldCheckpoints, putCheckpoint } from '#worker/store/ledger/checkpoints'
import { readSignedChange, signerOf } from './signed-change.ts'

/**
 * @param stored  the index and all leaves; see checkpoint.ts
 * @throws Refusal `not_allowed`, `malformed`, `signature_refused`, `chain_moved`
 */
export async function storeCheckpoint(
  deps: StaffDeps,
  signed: SignedChange,
  stored: Bytes,
): Promise<void> {
  requireRole(deps.actor, 'intake')
  const { signer, now } = signerOf(deps)
  const { change, entry } = await readSignedChange({ signer, now }, signed, {
    action: 'checkpoint.sign',
    subject: signer.id,
  })
  if (!hasSize(stored, change.cases)) throw new Refusal('malformed')
  // The leaves are stored first, so that no ledger row lacks its leaves. If the row arrives too
  // late and is refused, its leaves are kept until a later checkpoint deletes old leaves.
  await putCheckpoint(deps.bucket, await rowHash(entry.prev, entry), stored)
  await changeWithRow(deps.db, entry, [])
  await deleteOldCheckpoints(deps, now)
}
