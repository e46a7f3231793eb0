// Stores follow-ups in the thread of their receipt. Two hashes identify a thread: the owner hash
// and the write hash.
import { sql, type SQL } from 'drizzle-orm'
import type { Bytes } from '#protocol/bytes'
import { MAX_FOLLOW_UPS } from '#protocol/limits'
import { runTogether, type Database } from '../database.ts'
import type { ArrivedReport } from './reports.ts'

/** The columns or values that identify a thread. */
interface ThreadName {
  ownerHash: SQL
  /** null when the reporter has ended the thread */
  writeHash: SQL
}

/**
 * The thread of a row of `reports`, as SQL. In a query on a single table, drizzle omits the table's
 * name, so a subquery would compare follow_ups with itself.
 */
export const THREAD_OF_REPORT: ThreadName = {
  ownerHash: sql`reports.owner_hash`,
  writeHash: sql`reports.write_hash`,
}

/** The thread of a report that a case has absorbed. */
export const THREAD_OF_PART: ThreadName = {
  ownerHash: sql`part.owner_hash`,
  writeHash: sql`part.write_hash`,
}

/** Joins a follow-up to the reports of its thread. */
export const isOfThread = ({ ownerHash, writeHash }: ThreadName): SQL =>
  sql`follow_ups.owner_hash = ${ownerHash} AND follow_ups.write_hash IS ${writeHash}`

/** Counts the follow-ups of a thread; reads one row, however long the thread is. */
export const followUpCount = (thread: ThreadName): SQL<number> =>
  sql<number>`coalesce((SELECT max(n) + 1 FROM follow_ups WHERE ${isOfThread(thread)}), 0)`

/**
 * Stores a follow-up in the thread of its receipt, and sets the status of one report in it to new.
 * Earlier acts then no longer count. Both hashes identify a thread, so a stranger with only the
 * first hash cannot write into it. Only one report changes, because a stranger can store many
 * reports with both hashes.
 *
 * @param today  UTC day; later than the day of arrival for a follow-up that waited in R2
 * @returns false when no report has both hashes, the thread is full, or the follow-up is already
 *   stored
 */
export async function insertFollowUp(
  db: Database,
  report: ArrivedReport,
  tokenHash: Bytes,
  today = report.receivedDay,
): Promise<boolean> {
  const thread = { ownerHash: sql`${report.ownerHash}`, writeHash: sql`${tokenHash}` }
  const count = followUpCount(thread)
  const named = sql`SELECT coalesce(merged_into, id) FROM reports
    WHERE owner_hash = ${report.ownerHash} AND write_hash = ${tokenHash} LIMIT 1`
  const [inserted] = await runTogether(db, [
    sql`INSERT INTO follow_ups (id, owner_hash, write_hash, n, epoch, day, sealed_by, envelope)
      SELECT ${report.id}, ${report.ownerHash}, ${tokenHash}, ${count}, ${report.epoch},
        ${report.receivedDay}, ${report.sealedBy}, ${report.envelope}
      WHERE EXISTS (${named}) AND ${count} < ${MAX_FOLLOW_UPS}
        AND NOT EXISTS (SELECT 1 FROM reports WHERE id = ${report.id})
      ON CONFLICT (id) DO NOTHING RETURNING 1`,
    sql`UPDATE reports SET status = 'new', danger = max(danger, ${Number(report.danger)}),
        danger_day = CASE WHEN ${Number(report.danger)} = 0 THEN danger_day
          ELSE max(coalesce(danger_day, received_day), ${report.receivedDay}) END,
        waits_for = 'us', close_reason = NULL, acted_follow_ups = NULL,
        waits_since = CASE WHEN status <> 'closed' AND waits_for = 'us' THEN waits_since
          ELSE ${report.receivedDay} END,
        touched_day = max(coalesce(touched_day, ''), ${today})
      WHERE id = (${named}) AND changes() = 1`,
  ])
  return inserted === 1
}
