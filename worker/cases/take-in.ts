// Moves one waiting object into the database now, just as the drain would do later. Repeating the
// call changes nothing.
import { Refusal } from '#protocol/errors'
import { readEnvelope } from '#protocol/report/envelope'
import type { TakeIn } from '#protocol/staff/list/waiting'
import { dayOf } from '#protocol/time'
import type { StaffDeps } from '#worker/deps'
import { requireRole } from '#worker/auth/require-role'
import { requireKnownEpoch } from '#worker/keys/require-open-epoch'
import { parseB64 } from '#worker/parse'
import { findEpochs } from '#worker/store/ledger/epochs'
import { isNotedEnded } from '#worker/store/reports/ended-receipts'
import { dropWaiting, readWaiting, type WaitingReport } from '#worker/store/overflow/objects'
import { keyOf, type Partition } from '#worker/store/overflow/partitions'
import { endThreads } from '#worker/store/reports/replies'
import { insertFollowUp } from '#worker/store/reports/follow-ups'
import { insertReports } from '#worker/store/overflow/insert-reports'
import { reportOfWaiting, type DrainedReport } from '#worker/store/overflow/report-of-waiting'
import { isStored } from '#worker/store/reports/reports'

/**
 * @throws Refusal `not_allowed`, or `cannot_open` when no known key can open the object
 * @throws Refusal `not_found` when the object is no longer waiting and is not stored either
 * @throws Refusal `thread_unknown` for a follow-up whose thread is not in the database
 */
export async function takeIn(deps: StaffDeps, { partition, name, id }: TakeIn): Promise<void> {
  requireRole(deps.actor, 'intake')
  const key = keyOf(partition, name)
  const waiting = await readWaiting(deps.bucket, key)
  if (!waiting) {
    if (await isStored(deps.db, parseB64(id))) return
    throw new Refusal('not_found')
  }
  const report = await judged(deps, partition, waiting)
  await store(deps, report, waiting)
  // The order is the same as in the drain: first the report, then the note about an ended thread.
  const ended = { ownerHash: report.ownerHash, tokenHash: report.writeHash }
  if (await isNotedEnded(deps.bucket, ended)) await endThreads(deps.db, [ended])
  await dropWaiting(deps.bucket, [key])
}

async function judged(
  { db }: StaffDeps,
  partition: Partition,
  waiting: WaitingReport,
): Promise<DrainedReport> {
  try {
    const envelope = readEnvelope(waiting.envelope)
    await requireKnownEpoch(
      async (epoch) => (await findEpochs(db, [epoch])).get(epoch) ?? null,
      envelope,
    )
    return await reportOfWaiting(partition, waiting, envelope)
  } catch (cause) {
    if (cause instanceof Refusal) throw new Refusal('cannot_open', { cause })
    throw cause
  }
}

async function store(
  { db, now }: StaffDeps,
  report: DrainedReport,
  { tokenHash }: WaitingReport,
): Promise<void> {
  const today = dayOf(now())
  if (tokenHash === null) return insertReports(db, [report], today)
  const isNew = await insertFollowUp(db, report, tokenHash, today)
  if (!isNew && !(await isStored(db, report.id))) throw new Refusal('thread_unknown')
}
