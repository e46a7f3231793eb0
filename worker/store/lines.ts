// Reads lines of the list that changed since a day. The database keeps days only, so a page holds
// the lines of whole days.
import { asc, sql } from 'drizzle-orm'
import type { Bytes } from '#protocol/bytes'
import type { Database } from './database.ts'
import { queueLine, type QueueLine } from './queue.ts'
import { reports } from './schema-reports.ts'

/** A line, or the place of a line that went into another case. */
export type ChangedLine = QueueLine & { isMerged: boolean }

/** The ranks of new reports. A new report that nobody touched has only its day of arrival. */
const NEW_RANKS = sql.raw('(0, 1, 2, 3, 8, 9, 10, 11)')

/**
 * Lists lines in the order of ids.
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
    .from(reports)
    .where(
      sql`${reports.id} IN (SELECT id FROM reports WHERE touched_day >= ${since}
        UNION SELECT id FROM reports WHERE rank IN ${NEW_RANKS} AND received_day >= ${since})
        AND ${reports.id} > ${after ?? new Uint8Array(0)}`,
    )
    .orderBy(asc(reports.id))
    .limit(limit)
  return lines.map(({ mergedInto, ...line }) => ({ ...line, isMerged: mergedInto !== null }))
}
