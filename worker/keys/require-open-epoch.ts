// Requires that a report is sealed to a key of a current epoch, because otherwise nobody could open
// it.
import { sameBytes } from '#protocol/bytes'
import { keyIdOf, type Envelope } from '#protocol/report/envelope'
import { Refusal } from '#protocol/errors'
import { isExpired, readManifest } from '#protocol/keys/manifest'
import { HYBRID_SUITE, KEY_ID_BYTES } from '#protocol/limits'
import { dayOf } from '#protocol/time'
import type { Epoch } from '#worker/store/ledger/epochs'

/**
 * Requires a current epoch.
 *
 * @param epoch  the epoch in the envelope, or null when there is no such epoch
 * @throws Refusal `epoch_unknown`, `epoch_retired` or `key_unknown`
 */
export async function requireOpenEpoch(
  epoch: Epoch | null,
  envelope: Envelope,
  now: number,
): Promise<void> {
  if (!epoch) throw new Refusal('epoch_unknown')
  const isRetired = epoch.retiredDay !== null && dayOf(now) >= epoch.retiredDay
  if (isRetired || isExpired(readManifest(epoch.manifest), now)) throw new Refusal('epoch_retired')
  await requireKeyOf(epoch, envelope)
}

/** Finds an epoch by its number. */
export type FindEpoch = (epoch: number) => Promise<Epoch | null>

/**
 * Requires that the epoch exists. A retired epoch is allowed, because the edge has already accepted
 * the report.
 *
 * @throws Refusal `epoch_unknown` or `key_unknown`
 */
export async function requireKnownEpoch(find: FindEpoch, envelope: Envelope): Promise<void> {
  const epoch = await find(envelope.epoch)
  if (!epoch) throw new Refusal('epoch_unknown')
  await requireKeyOf(epoch, envelope)
}

async function requireKeyOf(epoch: Epoch, envelope: Envelope): Promise<void> {
  const { intake, hybridHash } = readManifest(epoch.manifest)
  const keyId =
    envelope.suite === HYBRID_SUITE ? hybridHash.slice(0, KEY_ID_BYTES) : await keyIdOf(intake)
  if (!sameBytes(envelope.wrap.keyId, keyId)) throw new Refusal('key_unknown')
}
