// Empties the overflow into the database; each run moves as many objects as the plan allows. A run
// processes objects of every partition: see share-run.ts. Each run continues where the last run
// stopped. If the drain stores a report a second time, nothing changes. A report that the drain
// cannot check is moved into quarantine and is checked again later.
import type { Deps } from '#worker/deps'
import { databaseBytes } from '#worker/store/database'
import { readDrainMark } from '#worker/store/overflow/drain-mark'
import { readMark, type WaitingMark } from '#worker/store/overflow/waiting-mark'
import { drainPartitions } from './drain-partitions.ts'
import { DrainRun } from './drain-run.ts'
import { judgeQuarantine, MAX_QUARANTINED } from './judge-quarantine.ts'
import { isJudging, isLooking, settleMark } from './settle-mark.ts'

/**
 * The quarantine's share of the objects that a run can still process once the partitions are
 * drained. The share is small, because a run has few statements.
 */
const JUDGED_SHARE = 1 / 4

/**
 * Drains the overflow if the waiting mark shows that a report may be waiting, and at least once an
 * hour. See [Note: waiting mark] in worker/store/overflow/waiting-mark.ts.
 *
 * @param isSure  false while the clock is in doubt
 * @throws the error from a store that does not respond; the other reports wait for the next run
 */
export async function drainOverflow(deps: Deps, isSure: Promise<boolean>): Promise<void> {
  const mark = await readMark(deps.bucket)
  if (!isLooking(mark, deps.now())) return
  try {
    await drainMarked(deps, mark, isSure)
  } finally {
    await settleMark(deps, mark)
  }
}

async function drainMarked(deps: Deps, mark: WaitingMark, isSure: Promise<boolean>): Promise<void> {
  const bytes = await databaseBytes(deps.db)
  if (bytes >= deps.fullAt.all) return
  const drainMark = await readDrainMark(deps.bucket, deps.now())
  const run = new DrainRun(deps, bytes)
  const { used, cycles } = await drainPartitions(
    run,
    drainMark,
    bytes,
    MAX_QUARANTINED - mark.aside,
  )
  if (isJudging(mark, deps.now())) {
    const limit = Math.floor((deps.runSize.objects - used) * JUDGED_SHARE)
    await judgeQuarantine(run, limit, cycles, await isSure)
    await run.remove()
  }
  run.throwFirstError()
}
