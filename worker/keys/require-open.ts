// A report must be sealed to the keys of an epoch that is still open: otherwise nobody here could read it.
import { sameBytes } from '#protocol/bytes'
import { keyIdOf, type Envelope } from '#protocol/envelope'
import { Refusal } from '#protocol/errors'
import { isOver, readManifest } from '#protocol/manifest'
import type { Deps } from '#worker/deps'
import { findEpoch } from '#worker/store/epochs'

/** Throws Refusal `epoch_unknown`, `epoch_retired` or `key_unknown`. */
export async function requireOpenEpoch(deps: Deps, envelope: Envelope): Promise<void> {
  const epoch = await findEpoch(deps.db, envelope.epoch)
  if (!epoch) throw new Refusal('epoch_unknown')
  const manifest = readManifest(epoch.manifest)
  if (epoch.retiredDay !== null || isOver(manifest, deps.now())) throw new Refusal('epoch_retired')
  const keys = [manifest.intake, manifest.recovery]
  for (const [at, wrap] of envelope.wraps.entries()) {
    const key = keys[at]
    if (!key || !sameBytes(wrap.keyId, await keyIdOf(key))) throw new Refusal('key_unknown')
  }
}
