// A report must be sealed to the keys of an epoch that is still open: otherwise nobody here could read it.
import { sameBytes } from '#protocol/bytes'
import { keyIdOf, type Envelope } from '#protocol/envelope'
import { Refusal } from '#protocol/errors'
import { isOver, readManifest } from '#protocol/manifest'
import type { Deps } from '#worker/deps'
import { findEpoch, type Epoch } from '#worker/store/epochs'

/** Throws Refusal `epoch_unknown`, `epoch_retired` or `key_unknown`. */
export async function requireOpenEpoch(deps: Deps, envelope: Envelope): Promise<void> {
  const epoch = await requireEpoch((number) => findEpoch(deps.db, number), envelope)
  if (epoch.retiredDay !== null || isOver(readManifest(epoch.manifest), deps.now()))
    throw new Refusal('epoch_retired')
  await requireKeysOf(epoch, envelope)
}

/** Finds an epoch by its number. */
export type FindEpoch = (epoch: number) => Promise<Epoch | null>

/** For what was taken in already, whatever became of its epoch since. Throws Refusal `epoch_unknown` or `key_unknown`. */
export async function requireKnownEpoch(find: FindEpoch, envelope: Envelope): Promise<void> {
  await requireKeysOf(await requireEpoch(find, envelope), envelope)
}

async function requireEpoch(find: FindEpoch, envelope: Envelope): Promise<Epoch> {
  const epoch = await find(envelope.epoch)
  if (!epoch) throw new Refusal('epoch_unknown')
  return epoch
}

async function requireKeysOf(epoch: Epoch, envelope: Envelope): Promise<void> {
  const { intake, recovery } = readManifest(epoch.manifest)
  const keys = [intake, recovery]
  for (const [at, wrap] of envelope.wraps.entries()) {
    const key = keys[at]
    if (!key || !sameBytes(wrap.keyId, await keyIdOf(key))) throw new Refusal('key_unknown')
  }
}
