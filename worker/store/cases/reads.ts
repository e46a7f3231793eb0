// Records how much of each case each colleague has seen.
import { sql } from 'drizzle-orm'
import type { Bytes } from '#protocol/bytes'
import type { SeenParts } from '#protocol/staff/list/queue'
import { runTogether, type Database } from '../database.ts'

export interface Seen extends SeenParts {
  person: Bytes
}

/**
 * Records what a colleague saw. The marks only grow, and a mark for an unknown case changes
 * nothing.
 */
export async function storeSeen(
  db: Database,
  caseId: Bytes,
  { person, followUps, rows }: Seen,
): Promise<void> {
  await runTogether(db, [
    sql`INSERT INTO reads (case_id, person, follow_ups, rows)
      SELECT id, ${person}, ${followUps}, ${rows} FROM reports WHERE id = ${caseId}
      ON CONFLICT (case_id, person) DO UPDATE SET
        follow_ups = max(follow_ups, excluded.follow_ups), rows = max(rows, excluded.rows)`,
  ])
}

/** Restores the previous mark. A mark that was set in the meantime is not overwritten. */
export async function storeSeenBack(
  db: Database,
  caseId: Bytes,
  { person, followUps, rows }: Seen,
  before: SeenParts | null,
): Promise<void> {
  const isMark = sql`case_id = ${caseId} AND person = ${person}
    AND follow_ups = ${followUps} AND rows = ${rows}`
  await runTogether(db, [
    before === null
      ? sql`DELETE FROM reads WHERE ${isMark}`
      : sql`UPDATE reads SET follow_ups = ${before.followUps}, rows = ${before.rows}
          WHERE ${isMark}`,
  ])
}
