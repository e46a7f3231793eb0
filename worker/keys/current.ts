// The manifest that pages and people seal to today.
import type { Bytes } from '#protocol/bytes'
import { Refusal } from '#protocol/errors'
import { dayNumber, GRACE_DAYS } from '#protocol/limits'
import { readManifest, type Manifest } from '#protocol/manifest'
import type { Deps } from '#worker/deps'
import { findCurrentEpoch } from '#worker/store/epochs'

/** The newest signed manifest, 341 bytes. Throws Refusal `unavailable` when the organisation has published none. */
export async function currentManifest(deps: Deps): Promise<Bytes> {
  const epoch = await findCurrentEpoch(deps.db)
  if (!epoch) throw new Refusal('unavailable')
  return epoch.manifest
}

/** Keys to seal to on behalf of somebody without JavaScript. Throws Refusal `unavailable` or `manifest_expired`. */
export async function sealingManifest(deps: Deps): Promise<Manifest> {
  const manifest = readManifest(await currentManifest(deps))
  if (dayNumber(deps.now()) > manifest.lastDay + GRACE_DAYS) throw new Refusal('manifest_expired')
  return manifest
}
