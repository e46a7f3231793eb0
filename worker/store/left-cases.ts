// Finds the cases of people who left. Only such a case names somebody who is not staff any more.
import { sql } from 'drizzle-orm'
import type { Bytes } from '#protocol/bytes'
import { bytesFrom, readTogether, type Database } from './database.ts'

interface LeftCase {
  id: Bytes
  day: string
  assignee: Bytes
}

/** Lists cases by id whose colleague is gone, by the index of assignees. */
export async function listLeftCases(db: Database, limit: number): Promise<LeftCase[]> {
  const [rows = []] = await readTogether(db, [
    sql`SELECT id, received_day, assignee FROM reports
      WHERE assignee IS NOT NULL
        AND NOT EXISTS (SELECT 1 FROM people WHERE people.id = reports.assignee)
      ORDER BY id LIMIT ${sql.raw(String(limit))}`,
  ])
  return rows.map(({ id, received_day: day, assignee }) => ({
    id: bytesFrom(id),
    day: String(day),
    assignee: bytesFrom(assignee),
  }))
}
