// Retires an epoch for a keeper, and deletes an epoch's private keys for a reader. Keys are deleted
// only when a browser requests the deletion, and never by the edge's clock.
import { toB64 } from '#protocol/bytes'
import { Refusal } from '#protocol/errors'
import type { SignedChange } from '#protocol/staff/chain'
import { EPOCH_KEPT_DAYS } from '#protocol/staff/ledger/keys'
import { lastAccepted } from '#protocol/staff/ledger/roster-epoch-rules'
import { dayNumber, dayOf } from '#protocol/time'
import { requireFreshProof } from '#worker/auth/require-fresh-proof'
import { requireKeeper } from '#worker/auth/require-keeper'
import { requireRole } from '#worker/auth/require-role'
import type { StaffDeps } from '#worker/deps'
import { copyKeys } from '#worker/keys/current-keys'
import { readSignedChange, signerOf } from '#worker/ledger/signed-change'
import { deleteEpochKeys, setRetiredDay } from '#worker/store/ledger/epoch-changes'
import { findCurrentEpoch, findEpochs } from '#worker/store/ledger/epochs'
import { countWaitingOf } from '#worker/store/overflow/waiting-epochs'

/** @throws Refusal `not_allowed`, `prove_again`, `malformed`, `signature_refused`, `chain_moved` */
export async function retireOldEpoch(
  deps: StaffDeps,
  subject: string,
  signed: SignedChange,
): Promise<void> {
  requireRole(deps.actor, 'intake')
  const { change, entry, at } = await readSignedChange(signerOf(deps), signed, {
    action: 'epoch.retire',
    subject,
  })
  const minute = Date.parse(at)
  requireKeeper(deps, dayNumber(minute))
  requireFreshProof(deps)
  const { epoch, day } = change
  if (subject !== String(epoch) || day < dayOf(minute) || Number.isNaN(Date.parse(day)))
    throw new Refusal('malformed')
  if (!(await setRetiredDay(deps.db, epoch, day, entry))) throw new Refusal('chain_moved')
  await copyKeys(deps)
}

/**
 * Deletes every copy of the private keys of an older epoch.
 *
 * @throws Refusal `not_allowed`, `signature_refused`. `malformed` within EPOCH_KEPT_DAYS of the
 * last accepted report. `epoch_in_use` while a stored letter of the epoch still has its wrap, or
 * while one waits in R2.
 */
export async function endEpoch(
  deps: StaffDeps,
  subject: string,
  signed: SignedChange,
): Promise<void> {
  requireRole(deps.actor, 'intake')
  const { change, entry, at } = await readSignedChange(signerOf(deps), signed, {
    action: 'epoch.end',
    subject,
  })
  const { epoch } = change
  const found = (await findEpochs(deps.db, [epoch])).get(epoch)
  const newest = await findCurrentEpoch(deps.db)
  const isOver =
    subject === String(epoch) &&
    found !== undefined &&
    epoch < (newest?.epoch ?? 0) &&
    dayNumber(Date.parse(at)) >
      lastAccepted({ manifest: toB64(found.manifest), retiredDay: found.retiredDay }) +
        EPOCH_KEPT_DAYS
  if (!isOver) throw new Refusal('malformed')
  // R2 is checked first, because the drain moves letters only from R2 to the database.
  if ((await countWaitingOf(deps.bucket, [epoch])) > 0) throw new Refusal('epoch_in_use')
  if (!(await deleteEpochKeys(deps.db, epoch, entry))) throw new Refusal('epoch_in_use')
}
