// Keeps the saved views of the list for the signed-in person. The device seals them, so the edge
// stores bytes that it cannot read.
import { toB64 } from '#protocol/bytes'
import type { NewViews, StoredViews } from '#protocol/staff/views'
import type { StaffDeps } from '#worker/deps'
import { requireRole } from '#worker/auth/require-role'
import { parseB64 } from '#worker/parse'
import { findViews, storeViews } from '#worker/store/list-views'

/** @throws Refusal `not_allowed` */
export async function readViews({ db, actor }: StaffDeps): Promise<StoredViews> {
  requireRole(actor, 'intake', 'caseworker')
  const sealed = await findViews(db, actor.id)
  return { sealed: sealed && toB64(sealed) }
}

/** @throws Refusal `not_allowed` */
export async function keepViews({ db, actor }: StaffDeps, { sealed }: NewViews): Promise<void> {
  requireRole(actor, 'intake', 'caseworker')
  await storeViews(db, actor.id, parseB64(sealed))
}
