// Finds the manifest whose keys pages, staff and the edge seal to today.
import { toB64, type Bytes } from '#protocol/bytes'
import { Refusal } from '#protocol/errors'
import { isExpired, readManifest, trustedManifest, type Manifest } from '#protocol/keys/manifest'
import type { Deps } from '#worker/deps'
import { NO_ANSWER, withTimeout } from '#worker/with-timeout'
import { findCurrentEpoch, findManifestCopy, storeManifestCopy } from '#worker/store/epochs'

/**
 * Returns the newest signed manifest, 276 bytes. When the database does not answer, it returns the
 * copy in R2.
 *
 * @throws Refusal `unavailable` when the organisation has published none, or neither the database
 *   nor R2 answers; `manifest_malformed` when the manifest is of another epoch than its row
 */
export async function currentManifest(deps: Deps): Promise<Bytes> {
  const stored = await withTimeout(() => storedManifest(deps))
  if (stored !== NO_ANSWER) return stored
  const copy = await withTimeout(() => findManifestCopy(deps.bucket))
  if (copy === NO_ANSWER || copy === null) throw new Refusal('unavailable')
  return copy
}

async function storedManifest(deps: Deps): Promise<Bytes> {
  const current = await findCurrentEpoch(deps.db)
  if (!current) throw new Refusal('unavailable')
  // A report names its manifest's epoch, so a wrong row would lead the edge to other keys.
  if (readManifest(current.manifest).epoch !== current.epoch)
    throw new Refusal('manifest_malformed')
  return current.manifest
}

/** Copies the manifest to R2, so that a form can be sealed while the database does not answer. */
export async function copyManifest(deps: Deps): Promise<void> {
  await storeManifestCopy(deps.bucket, (await findCurrentEpoch(deps.db))?.manifest ?? null)
}

// A manifest is verified once in the life of an isolate, because two signatures cost a quarter of
// the CPU time of a request.
const verified = new Map<string, Manifest>()

/**
 * Returns the keys to which the edge seals a form. The root key comes with the build, the manifest
 * from the database or R2. An attacker who can write only one of these sides cannot make the edge
 * seal to another key.
 *
 * @param pinnedRoot  returns the root's public key, 65 bytes
 * @throws Refusal the codes of currentManifest, or what trustedManifest throws
 */
export async function sealingManifest(
  deps: Deps,
  pinnedRoot: () => Promise<Bytes>,
): Promise<Manifest> {
  const bytes = await currentManifest(deps)
  const name = toB64(bytes)
  const known = verified.get(name)
  if (known) {
    if (isExpired(known, deps.now())) throw new Refusal('manifest_expired')
    return known
  }
  const manifest = await trustedManifest(bytes, await pinnedRoot(), deps.now())
  verified.clear()
  verified.set(name, manifest)
  return manifest
}
