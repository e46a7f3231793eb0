// Stores the saved views of the list for the signed-in person. The device seals them, so the edge
// cannot read the stored bytes.
import { sha256, toB64 } from '#protocol/bytes'
import { Refusal } from '#protocol/errors'
import type { NewViews, StoredViews } from '#protocol/staff/list/views'
import type { StaffDeps } from '#worker/deps'
import { requireRole } from '#worker/auth/require-role'
import { parseB64 } from '#worker/parse'
import { findViews, storeViews } from '#worker/store/list/views'

/** @throws Refusal `not_allowed` */
export async function readViews({ db, actor }: StaffDeps): Promise<StoredViews> {
  requireRole(actor, 'intake', 'caseworker')
  const sealed = await findViews(db, actor.id)
  return { sealed: sealed && toB64(sealed) }
}

/**
 * Throws Refusal `not_allowed`. Throws `record_changed` when another of the person's devices has
 * changed the views since this device read them. A device therefore never overwrites views that it
 * has not read.
 */
export async function keepViews(
  { db, actor }: StaffDeps,
  { sealed, base }: NewViews,
): Promise<void> {
  requireRole(actor, 'intake', 'caseworker')
  const before = await findViews(db, actor.id)
  const isRead = base === (before && toB64(await sha256(before)))
  if (isRead && (await storeViews(db, actor.id, before, parseB64(sealed)))) return
  throw new Refusal('record_changed')
}
