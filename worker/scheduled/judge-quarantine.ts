// Checks objects in quarantine again, because the organisation may have published the missing key.
// Every object in quarantine is judged again eventually.
import { DAY_MS, ID_BYTES } from '#protocol/limits'
import { dayOf } from '#protocol/time'
import { listQuarantined } from '#worker/store/overflow/moves'
import { partitionIn } from '#worker/store/overflow/partitions'
import type { Cycles, DrainRun } from './drain-run.ts'

/**
 * Maximum number of objects in quarantine. When the quarantine is full, the drain leaves further
 * objects in the overflow and checks them there.
 */
export const MAX_QUARANTINED = 500
/**
 * Number of days after which the clock deletes an object with an unknown epoch or key. Such an
 * object cannot be opened.
 */
const QUARANTINE_DAYS = 90

/**
 * Checks up to `limit` objects, starting at a random one.
 *
 * @param isSure  false while the clock is in doubt, so that no object counts as old
 */
export async function judgeQuarantine(
  run: DrainRun,
  limit: number,
  cycles: Cycles,
  isSure: boolean,
): Promise<void> {
  if (limit <= 0) return
  const { bucket, now, random } = run.deps
  const lastDay = dayOf(now() - QUARANTINE_DAYS * DAY_MS)
  const keys = await listQuarantined(bucket, limit, random(ID_BYTES))
  const places = keys.flatMap((key) => {
    const partition = partitionIn(key)
    return partition ? { partition, key } : []
  })
  const judged = await run.judge(places, ({ waiting }) =>
    Promise.resolve(isSure && waiting.receivedDay < lastDay),
  )
  await run.store(judged, cycles)
}
