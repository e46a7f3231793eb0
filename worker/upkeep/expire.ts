// Deletes what has served its time: sessions, challenges, invitations, notes of ended numbers.
import { DAY_MS, HASH_BYTES } from '#protocol/limits'
import { dayOf } from '#protocol/report'
import type { Deps } from '#worker/deps'
import { deleteEnded } from '#worker/store/ended'
import { anythingWaits } from '#worker/store/overflow'
import { deleteExpired } from '#worker/store/sessions'

export const expireOld = (deps: Deps): Promise<void> =>
  deleteExpired(deps.db, deps.now(), dayOf(deps.now()))

/** Forgets which numbers were ended a day ago and more, once nothing waits that could belong to one of them. */
export async function forgetEnded({ bucket, now, random }: Deps): Promise<void> {
  if (!(await anythingWaits(bucket))) await deleteEnded(bucket, now() - DAY_MS, random(HASH_BYTES))
}
