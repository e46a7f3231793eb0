// Empties the overflow into the database, a few reports in each run.
// A run drains reports with danger first, then other reports, then follow-ups.
// A report that the drain stores twice changes nothing.
// The drain moves a report that it cannot judge into quarantine, and judges the report again later.
import { Refusal } from '#protocol/errors'
import { ID_BYTES } from '#protocol/limits'
import { reportIdOf } from '#protocol/report/envelope'
import type { Deps } from '#worker/deps'
import type { FindEpoch } from '#worker/keys/require-open-epoch'
import { endThreads } from '#worker/store/replies'
import { databaseBytes } from '#worker/store/database'
import { findEpoch, type Epoch } from '#worker/store/epochs'
import { boundFor, type Bounds } from '#worker/reports/rate-limit'
import { dropWaiting, listWaiting, readWaiting } from '#worker/store/overflow'
import { quarantine } from '#worker/store/overflow-moves'
import {
  gradeIn,
  isFollowUpPartition,
  isUrgent,
  PARTITIONS,
  type Partition,
} from '#worker/store/partitions'
import { readMark, type WaitingMark } from '#worker/store/waiting-mark'
import { judgeQuarantine, MAX_QUARANTINED } from './judge-quarantine.ts'
import { isJudging, isLooking, settleMark } from './settle-mark.ts'
import { storeWaiting, type Drain } from './store-waiting.ts'

/**
 * Reports in one run, because a run may send 50 statements to the database on the free plan.
 * A report takes up to 2 statements and a follow-up up to 4. Each of the two groups takes 3 for
 * ended receipts. The other chores take 5, and each epoch takes 1 in a run.
 */
const REPORTS = 8
const FOLLOW_UPS = 4
/** The share of a run's unused reports for the quarantine, which also holds follow-ups. */
const JUDGED_SHARE = 3 / 4
/**
 * The most reports with danger in one run.
 * Anybody can claim danger, and the other reports must get through too.
 */
const URGENT = { proven: 5, unproven: 2, followUps: 3 } as const

/**
 * Drains the overflow if the waiting mark says that a report may wait, and always once an hour.
 * See [Note: waiting mark] in worker/store/waiting-mark.ts.
 *
 * @throws the error of a database that does not answer; the other reports wait for the next run
 */
export async function drainOverflow(deps: Deps): Promise<void> {
  const mark = await readMark(deps.bucket)
  if (!isLooking(mark, deps.now())) return
  try {
    await drainMarked(deps, mark)
  } finally {
    await settleMark(deps, mark)
  }
}

async function drainMarked(deps: Deps, mark: WaitingMark): Promise<void> {
  const bytes = await databaseBytes(deps.db)
  if (bytes >= deps.fullAt.all) return
  const drain: Drain = {
    deps,
    done: [],
    ended: [],
    findEpoch: remembering((epoch) => findEpoch(deps.db, epoch)),
    takesStrays: bytes < deps.fullAt.unproven,
    roomAside: MAX_QUARANTINED - mark.aside,
  }
  let left = REPORTS
  const groups = [
    async () => (left = await drainReports(drain, bytes)),
    () => drainFollowUps(drain),
    async () => {
      if (isJudging(mark, deps.now())) await judgeQuarantine(drain, Math.floor(left * JUDGED_SHARE))
    },
  ]
  for (const drainGroup of groups)
    try {
      await drainGroup()
    } finally {
      await removeDrained(drain)
    }
}

/** Drains the reports. @returns the number of reports that the run could still take */
async function drainReports(drain: Drain, bytes: number): Promise<number> {
  let left = REPORTS
  let proven = URGENT.proven
  for (const partition of PARTITIONS.filter((name) => !isFollowUpPartition(name))) {
    if (bytes >= roomFor(drain.deps.fullAt, partition)) continue
    const isProven = gradeIn(partition) > 0
    const most = !isUrgent(partition) ? left : isProven ? proven : URGENT.unproven
    const drained = await drainPartition(drain, partition, Math.min(left, most))
    left -= drained
    if (isProven) proven -= drained
  }
  return left
}

/** Returns the size of the database up to which a partition is drained. */
const roomFor = (bounds: Bounds, partition: Partition): number =>
  partition === 'urgent-0'
    ? bounds.reports
    : boundFor(bounds, { grade: gradeIn(partition), danger: isUrgent(partition) })

async function drainFollowUps(drain: Drain): Promise<void> {
  const withDanger = await drainPartition(drain, 'urgent-followup', URGENT.followUps)
  await drainPartition(drain, 'followup', FOLLOW_UPS - withDanger)
}

/**
 * Ends the threads, then deletes the drained objects.
 * If the database cannot end the threads now, the objects stay and the next run does both.
 */
async function removeDrained({ deps, done, ended }: Drain): Promise<void> {
  await endThreads(deps.db, ended.splice(0))
  await dropWaiting(deps.bucket, done.splice(0))
}

function remembering(find: FindEpoch): FindEpoch {
  const known = new Map<number, Promise<Epoch | null>>()
  return (epoch) => {
    const asked = known.get(epoch) ?? find(epoch)
    known.set(epoch, asked)
    return asked
  }
}

/** Drains one partition. @returns the number of objects that the run read */
async function drainPartition(drain: Drain, partition: Partition, limit: number): Promise<number> {
  if (limit === 0) return 0
  const { bucket, random } = drain.deps
  const keys = await listWaiting(bucket, partition, limit, random(ID_BYTES))
  for (const key of keys) if (await drainOne(drain, partition, key)) drain.done.push(key)
  return keys.length
}

/** Drains one object. @returns true when the database has it, so that R2 can delete it */
async function drainOne(drain: Drain, partition: Partition, key: string): Promise<boolean> {
  const { bucket } = drain.deps
  const waiting = await readWaiting(bucket, key)
  if (!waiting) return false
  try {
    return await storeWaiting(drain, partition, waiting)
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    if (drain.roomAside-- > 0)
      await quarantine(bucket, partition, key, await reportIdOf(waiting.envelope))
    return false
  }
}
