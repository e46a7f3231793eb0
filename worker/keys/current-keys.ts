// Finds the manifest and the hybrid key to which pages, staff and the edge currently seal.
import { toB64, type Bytes } from '#protocol/bytes'
import { Refusal } from '#protocol/errors'
import { isExpired, readManifest, trustedManifest, type Manifest } from '#protocol/keys/manifest'
import type { Deps } from '#worker/deps'
import { NO_ANSWER, withTimeout } from '#worker/with-timeout'
import {
  findCurrentEpoch,
  findKeyCopy,
  storeKeyCopy,
  type PublicKeys,
} from '#worker/store/ledger/epochs'

/**
 * Returns the newest signed manifest and its hybrid key, or the copy in R2 when the database does
 * not respond.
 *
 * @throws Refusal `unavailable` if no manifest has been published, or if neither D1 nor R2 responds
 * @throws Refusal `manifest_malformed` when the manifest names a different epoch from its row
 */
export async function currentKeys(deps: Deps): Promise<PublicKeys> {
  const stored = await withTimeout(() => storedKeys(deps))
  if (stored !== NO_ANSWER) return stored
  const copy = await withTimeout(() => findKeyCopy(deps.bucket))
  if (copy === NO_ANSWER || copy === null) throw new Refusal('unavailable')
  return copy
}

async function storedKeys(deps: Deps): Promise<PublicKeys> {
  const current = await findCurrentEpoch(deps.db)
  if (!current) throw new Refusal('unavailable')
  // A report contains its manifest's epoch, so a wrong row would lead the edge to the wrong keys.
  if (readManifest(current.manifest).epoch !== current.epoch)
    throw new Refusal('manifest_malformed')
  return current
}

/** Copies the keys to R2, so that the edge can seal a form when the database does not respond. */
export async function copyKeys(deps: Deps): Promise<void> {
  await storeKeyCopy(deps.bucket, await findCurrentEpoch(deps.db))
}

// An isolate verifies a manifest only once, because verifying two signatures takes a quarter of a
// request's CPU time.
const verified = new Map<string, Manifest>()

/**
 * Returns the manifest that contains the key to which the edge seals a form. The root key is part
 * of the build, and the manifest comes from the database or R2. An attacker who changes only the
 * build, or only the stores, cannot make the edge seal to a different key.
 *
 * @param pinnedRoot  returns the root's public key, 65 bytes
 * @throws Refusal with a code from currentKeys or trustedManifest
 */
export async function sealingManifest(
  deps: Deps,
  pinnedRoot: () => Promise<Bytes>,
): Promise<Manifest> {
  const { manifest: bytes } = await currentKeys(deps)
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
