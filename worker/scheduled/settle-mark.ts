// Decides when the clock lists the overflow, and updates the waiting mark after each such run. See
// [Note: waiting mark] in worker/store/overflow/waiting-mark.ts.
import { ID_BYTES } from '#protocol/limits'
import type { Deps } from '#worker/deps'
import { countWaiting } from '#worker/store/overflow/lists'
import {
  mayWait,
  writeEmptying,
  writeIdle,
  writeWaits,
  type WaitingMark,
} from '#worker/store/overflow/waiting-mark'

const MINUTE_MS = 60_000
const FULL_LOOK_MINUTES = 60
const JUDGING_MINUTES = 10

const isEvery = (now: number, minutes: number): boolean =>
  Math.floor(now / MINUTE_MS) % minutes === 0

/** Returns true once an hour, when a run lists the overflow despite the mark. */
export const isFullLook = (now: number): boolean => isEvery(now, FULL_LOOK_MINUTES)

/**
 * Returns true for a run that checks the quarantine: every ten minutes, unless the quarantine is
 * empty.
 */
export const isJudging = ({ aside }: WaitingMark, now: number): boolean =>
  aside > 0 && isEvery(now, JUDGING_MINUTES)

/** Returns true for a run that lists the overflow. All other runs read only the mark. */
export const isLooking = (mark: WaitingMark, now: number): boolean =>
  mayWait(mark) || isFullLook(now) || isJudging(mark, now)

/**
 * Counts the objects that still wait, and updates the mark with these counts, which the staff read.
 *
 * @param mark  the mark as it was before the run listed anything
 */
export async function settleMark({ bucket, random }: Deps, mark: WaitingMark): Promise<void> {
  const counts = await countWaiting(bucket)
  const isSame = counts.waiting === mark.waiting && counts.aside === mark.aside
  if (counts.waiting > 0) {
    if (mark.state !== 'waits' || !isSame) await writeWaits(bucket, counts)
  } else if (mark.state === 'waits') await writeEmptying(bucket, counts, random(ID_BYTES))
  else if (mark.state === 'emptying' || !isSame) await writeIdle(bucket, mark, counts)
}
