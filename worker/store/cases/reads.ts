// Stores the parts of each case that each colleague has seen.
import { sql } from 'drizzle-orm'
import type { Bytes } from '#protocol/bytes'
import { runTogether, type Database } from '../database.ts'

export interface Seen {
  person: Bytes
  followUps: number
  rows: number
}

/**
 * Records what a colleague saw. The marks only grow, and an unknown case does not change anything.
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
