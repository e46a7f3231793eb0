// Reads the tally of all reports: the numbers of follow-ups and log rows for each report. SQLite
// writes the numbers as hexadecimal digits.
import { sql } from 'drizzle-orm'
import type { Bytes } from '#protocol/bytes'
import { readTogether, type Database } from '../database.ts'
import { caseFollowUpCount } from '../cases/growth.ts'
import { ofPerson } from './sealed-cases.ts'

/**
 * Reads the extent of each report, sorted by id. SQLite joins the rows of the page into one string,
 * so that the edge does no work per report.
 *
 * @param assignee  as in listSealedLines
 * @param after     the id after which the page begins
 */
export async function readTallyRows(
  db: Database,
  assignee: Bytes | null,
  after: Bytes,
  limit: number,
): Promise<{ reports: string; count: number; lastId: string }> {
  const [[row = {}] = []] = await readTogether(db, [
    sql`SELECT count(*) AS total, max(id) AS last,
      coalesce(group_concat(id || printf('%04X%08X', follow_ups, log_rows), ''), '') AS extents
      FROM (SELECT hex(reports.id) AS id, ${caseFollowUpCount()} AS follow_ups,
        coalesce((SELECT n FROM case_heads WHERE case_id = reports.id), 0) AS log_rows
        FROM reports WHERE reports.id > ${after} AND ${ofPerson(assignee)}
        ORDER BY reports.id LIMIT ${limit})`,
  ])
  return {
    reports: String(row['extents']),
    count: Number(row['total']),
    lastId: typeof row['last'] === 'string' ? row['last'] : '',
  }
}
