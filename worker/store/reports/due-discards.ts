// Finds the discard that the clock has to carry out, and records the progress of a run.
import { sql, type SQL } from 'drizzle-orm'
import * as z from 'zod/mini'
import type { Bytes } from '#protocol/bytes'
import { DiscardChange, type DiscardPredicate } from '#protocol/staff/list/discard'
import { isClockSure } from '../chore-clock.ts'
import { bytesFrom, runTogether, type Database } from '../database.ts'

/** A discard that a scheduled run must carry out. */
export interface DueDiscard {
  id: Bytes
  predicate: DiscardPredicate
  /**
   * the R2 key after which the next run continues; null when the discard has gone through the whole
   * overflow
   */
  place: string | null
  day: string
  removedThatDay: number
}

/** Selects the discard that is due, unless the clock is in doubt. */
export const dueQuery = (now: number): SQL =>
  sql`SELECT id, change, place, day, removed_that_day FROM discards
    WHERE ended_at IS NULL AND due_at <= ${now} AND ${isClockSure(now)} LIMIT 1`

/** Reads a row of dueQuery. */
export function dueFrom(row: Record<string, unknown>): DueDiscard {
  const { change, ...rest } = DueRow.parse(row)
  return {
    id: bytesFrom(row['id']),
    predicate: DiscardChange.parse(JSON.parse(change)),
    place: rest.place,
    day: rest.day,
    removedThatDay: rest.removed_that_day,
  }
}

const DueRow = z.object({
  change: z.string(),
  place: z.nullable(z.string()),
  day: z.string(),
  removed_that_day: z.number(),
})

/** Records the progress of a run in R2, and the number of objects that the run deleted. */
export async function noteRemoved(
  db: Database,
  id: Bytes,
  { removed, place }: { removed: number; place: string | null },
): Promise<void> {
  await runTogether(db, [
    sql`UPDATE discards SET removed = removed + ${removed}, place = ${place}
      WHERE id = ${id} AND ended_at IS NULL`,
  ])
}
