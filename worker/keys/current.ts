// The manifest that pages and people seal to today.
import { toB64, type Bytes } from '#protocol/bytes'
import { Refusal } from '#protocol/errors'
import { isOver, readManifest, trustedManifest, type Manifest } from '#protocol/manifest'
import type { Deps } from '#worker/deps'
import { inTime } from '#worker/in-time'
import { findCurrentEpoch } from '#worker/store/epochs'
import { findKeptManifest, keepManifest } from '#worker/store/kept-manifest'

/**
 * The newest signed manifest, 341 bytes; the copy in R2 when the database does not answer.
 *
 * @throws Refusal `unavailable` when the organisation has published none, or neither place answers; `manifest_malformed` when it
 *   is of another epoch than its row
 */
export async function currentManifest(deps: Deps): Promise<Bytes> {
  const stored = await inTime(() => storedManifest(deps))
  const manifest = stored ?? (await inTime(() => findKeptManifest(deps.bucket)))
  if (!manifest) throw new Refusal('unavailable')
  return manifest
}

async function storedManifest(deps: Deps): Promise<Bytes> {
  const current = await findCurrentEpoch(deps.db)
  if (!current) throw new Refusal('unavailable')
  // A report sealed to an epoch that its row does not name would be looked for under other keys.
  if (readManifest(current.manifest).epoch !== current.epoch)
    throw new Refusal('manifest_malformed')
  return current.manifest
}

/** Copies the manifest to R2, so that a form can be sealed while the database does not answer. */
export async function copyManifest(deps: Deps): Promise<void> {
  await keepManifest(deps.bucket, (await findCurrentEpoch(deps.db))?.manifest ?? null)
}

// Two signatures cost a quarter of the CPU that a request may use, so a manifest is proved once in an isolate's life.
const proved = new Map<string, Manifest>()

/**
 * Keys to seal to on behalf of somebody without JavaScript. The root comes with the build and the manifest from the database
 * or R2: whoever can write only one side cannot make the edge seal to a key of theirs.
 *
 * @param pinnedRoot  gives the root's public key, 65 bytes
 * @throws Refusal the codes of currentManifest, or what trustedManifest throws
 */
export async function sealingManifest(
  deps: Deps,
  pinnedRoot: () => Promise<Bytes>,
): Promise<Manifest> {
  const bytes = await currentManifest(deps)
  const name = toB64(bytes)
  const known = proved.get(name)
  if (known) {
    if (isOver(known, deps.now())) throw new Refusal('manifest_expired')
    return known
  }
  const manifest = await trustedManifest(bytes, await pinnedRoot(), deps.now())
  proved.clear()
  proved.set(name, manifest)
  return manifest
}
