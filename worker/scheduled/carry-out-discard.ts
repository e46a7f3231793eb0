// Carries out a discard; each run deletes a few of the reports. The overflow is processed before
// the database, because the drain moves reports only from the overflow to the database. A run that
// stops early leaves the rest to the next run. D1 counts the deletions in the same batch that makes
// them. R2 objects are counted only after their deletion, so an interrupted run counts too few
// objects.
import { dayOf } from '#protocol/time'
import type { Deps } from '#worker/deps'
import { deleteCovered, DELETED_AT_ONCE } from '#worker/store/reports/discard-matches'
import { dropCovered } from '#worker/store/overflow/discard-waiting'
import { noteRemoved, type DueDiscard } from '#worker/store/reports/due-discards'

export async function carryOutDiscard(deps: Deps, discard: DueDiscard): Promise<void> {
  const { db, bucket, now } = deps
  const { lists, statements, reportsADay } = deps.discardSize
  if (discard.place !== null) {
    const done = await dropCovered(bucket, discard.predicate, discard.place, lists)
    return noteRemoved(db, discard.id, done)
  }
  const today = dayOf(now())
  const left = reportsADay - (discard.day === today ? discard.removedThatDay : 0)
  const most = Math.min(left, statements * DELETED_AT_ONCE)
  await deleteCovered(db, discard, { most, today, now: now() })
}
