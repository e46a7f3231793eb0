// The manifest that pages and people seal to today.
import { toB64, type Bytes } from '#protocol/bytes'
import { Refusal } from '#protocol/errors'
import { isOver, readManifest, trustedManifest, type Manifest } from '#protocol/manifest'
import type { Deps } from '#worker/deps'
import { findCurrentEpoch, type Epoch } from '#worker/store/epochs'

/** The newest signed manifest, 341 bytes. Throws Refusal `unavailable` when the organisation has published none. */
export async function currentManifest(deps: Deps): Promise<Bytes> {
  return (await requireEpoch(deps)).manifest
}

async function requireEpoch(deps: Deps): Promise<Epoch> {
  const epoch = await findCurrentEpoch(deps.db)
  if (!epoch) throw new Refusal('unavailable')
  return epoch
}

// Two signatures cost a quarter of the CPU that a request may use, so a manifest is proved once in an isolate's life.
const proved = new Map<string, Manifest>()

/**
 * Keys to seal to on behalf of somebody without JavaScript. The root comes with the build and the manifest from the database:
 * whoever can write only one of the two cannot make the edge seal to a key of theirs.
 *
 * @param pinnedRoot  gives the root's public key, 65 bytes
 * @throws Refusal `unavailable`; `manifest_malformed` when it is of another epoch than its row; or what trustedManifest throws
 */
export async function sealingManifest(
  deps: Deps,
  pinnedRoot: () => Promise<Bytes>,
): Promise<Manifest> {
  const { epoch, manifest: bytes } = await requireEpoch(deps)
  // A report sealed to an epoch that its row does not name would be looked for under other keys.
  if (readManifest(bytes).epoch !== epoch) throw new Refusal('manifest_malformed')
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
