// Reads and stores the signed-in person's settings for their own screens. The settings are not
// signed, because they do not grant any rights.
import { UNSET, OwnChoices } from '#protocol/staff/people/own-settings'
import { requireRole } from '#worker/auth/require-role'
import type { StaffDeps } from '#worker/deps'
import { parseJson } from '#worker/parse'
import { findOwnSettings, storeOwnSettings } from '#worker/store/people/own-settings'

/** Throws Refusal `not_allowed` for a person without a role. */
export async function readOwnSettings({ db, actor }: StaffDeps): Promise<OwnChoices> {
  requireRole(actor, 'admin', 'intake', 'caseworker')
  const stored = await findOwnSettings(db, actor.id)
  return stored === null ? UNSET : parseJson(OwnChoices, stored)
}

/** Throws Refusal `not_allowed` for a person without a role. */
export async function setOwnSettings(
  { db, actor }: StaffDeps,
  settings: OwnChoices,
): Promise<void> {
  requireRole(actor, 'admin', 'intake', 'caseworker')
  await storeOwnSettings(db, actor.id, JSON.stringify(settings))
}
