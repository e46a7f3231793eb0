// Finds the cases of people who have left, and of caseworkers with new keys. Somebody else may have
// the case keys that such a caseworker had before.
import { sql, type SQL } from 'drizzle-orm'
import type { Bytes } from '#protocol/bytes'
import { bytesFrom, readTogether, type Database } from '../database.ts'
import { holdsTeamKey } from '../people/people.ts'

interface LeftCase {
  id: Bytes
  day: string
  assignee: Bytes
}

/**
 * True when the assignee of a case in `reports` has left, or has new keys that await confirmation.
 * Nobody seals case keys to new keys until a reader has confirmed the new keys. Readers do not need
 * copies, so readers whose new keys await confirmation keep their cases.
 */
export const isWithoutColleague = (): SQL =>
  sql`reports.assignee IS NOT NULL AND NOT EXISTS (SELECT 1 FROM people
    WHERE people.id = reports.assignee
      AND (people.roles <> '[]' OR ${holdsTeamKey(sql`people.offered`)}))`

/**
 * Lists the cases that isWithoutColleague selects, in order of id, using the index of assignees.
 */
export async function listLeftCases(db: Database, limit: number): Promise<LeftCase[]> {
  const [rows = []] = await readTogether(db, [
    sql`SELECT id, received_day, assignee FROM reports
      WHERE ${isWithoutColleague()}
      ORDER BY id LIMIT ${sql.raw(String(limit))}`,
  ])
  return rows.map(({ id, received_day: day, assignee }) => ({
    id: bytesFrom(id),
    day: String(day),
    assignee: bytesFrom(assignee),
  }))
}
