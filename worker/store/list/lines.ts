// Reads the lines of the list that have changed since a given day. The database stores only days,
// so a page contains the lines of whole days.
import { sql, type SQL } from 'drizzle-orm'
import type { Bytes } from '#protocol/bytes'
import type { Database } from '../database.ts'
import { queueLine, type QueueLine } from './queue.ts'
import { UNTOUCHED_RANKS } from '../schema/queue.ts'
import { reports } from '../schema/reports.ts'

/** A line; `isMerged` is true when its case has been merged into another case. */
export type ChangedLine = QueueLine & { isMerged: boolean }

/**
 * Lists lines, sorted by id.
 *
 * @param reader  the person who reads the list
 * @param since   UTC day
 * @param after   the id after which the page begins, or null
 */
export async function listChangedLines(
  db: Database,
  reader: Bytes,
  since: string,
  after: Bytes | null,
  limit: number,
): Promise<ChangedLine[]> {
  const lines = await db
    .select({ ...queueLine(reader), mergedInto: reports.mergedInto })
    .from(changedSince(since))
    .crossJoin(reports)
    .where(sql`reports.id = changed_id AND changed_id > ${after ?? new Uint8Array(0)}`)
    .orderBy(sql`changed_id`)
    .limit(limit)
  return lines.map(({ mergedInto, ...line }) => ({ ...line, isMerged: mergedInto !== null }))
}

/**
 * The query specifies its indexes; otherwise SQLite would scan all reports in order of id. A report
 * without any changes has no `touched_day`, so the query compares the day since which it has
 * waited.
 */
const changedSince = (since: string): SQL =>
  sql`(SELECT id AS changed_id FROM reports INDEXED BY reports_touched
      WHERE touched_day >= ${since}
    UNION SELECT id FROM reports INDEXED BY reports_queue
      WHERE rank IN ${UNTOUCHED_RANKS} AND waiting_day >= ${since})`
