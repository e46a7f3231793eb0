// Stores how much of each case every colleague has seen.
import { sql } from 'drizzle-orm'
import type { Bytes } from '#protocol/bytes'
import { runTogether, type Database } from './database.ts'

export interface Seen {
  person: Bytes
  /** UTC day */
  day: string
  followUps: number
  rows: number
}

/** Notes what a colleague saw. The marks only grow; an unknown case changes nothing. */
export async function storeSeen(
  db: Database,
  caseId: Bytes,
  { person, day, followUps, rows }: Seen,
): Promise<void> {
  await runTogether(db, [
    sql`INSERT INTO reads (case_id, person, day, follow_ups, rows)
      SELECT id, ${person}, ${day}, ${followUps}, ${rows} FROM reports WHERE id = ${caseId}
      ON CONFLICT (case_id, person) DO UPDATE SET day = excluded.day,
        follow_ups = max(follow_ups, excluded.follow_ups), rows = max(rows, excluded.rows)`,
  ])
}
