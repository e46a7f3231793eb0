// Stores the changes of the staff in a report, each with a row of its case log. A stale change does
// nothing.
import { eq, sql } from 'drizzle-orm'
import type { Bytes } from '#protocol/bytes'
import type { Status } from '#protocol/staff/cases'
import type { SealedReply } from './replies.ts'
import { followUpCount, THREAD_OF_REPORT } from './reports.ts'
import { changeWithRow, type ChainEntry } from './chains.ts'
import type { Database } from './database.ts'
import { reports } from './schema-reports.ts'

/**
 * Changes the status of a report.
 *
 * @returns false when the report does not exist, its status is not `from`, or its number of
 *   follow-ups is not `followUps`
 */
export const changeStatus = (
  db: Database,
  report: Bytes,
  { from, to, followUps }: { from: Status; to: Status; followUps: number },
  entry: ChainEntry,
): Promise<boolean> =>
  changeWithRow(db, entry, [
    sql`UPDATE reports SET status = ${to}
      WHERE id = ${report} AND status = ${from}
        AND ${followUpCount(THREAD_OF_REPORT)} = ${followUps} RETURNING 1`,
  ])

/**
 * Stores a case file.
 *
 * @param change  `revision` is the stored revision, 0 when there is no case file yet
 * @returns false when the report does not exist, or has another revision than `revision`
 */
export const updateCaseFile = (
  db: Database,
  report: Bytes,
  change: { revision: number; sealed: Bytes },
  entry: ChainEntry,
): Promise<boolean> =>
  changeWithRow(db, entry, [
    change.revision === 0
      ? sql`INSERT INTO case_files (report, revision, sealed)
          SELECT id, 1, ${change.sealed} FROM reports WHERE id = ${report}
          ON CONFLICT (report) DO NOTHING RETURNING 1`
      : sql`UPDATE case_files SET revision = revision + 1, sealed = ${change.sealed}
          WHERE report = ${report} AND revision = ${change.revision} RETURNING 1`,
  ])

/**
 * Stores a reply under the receipt of a report.
 *
 * @returns false for an unknown report, an ended receipt, a taken slot, or another number of
 *   follow-ups than `followUps`
 */
export const insertReply = (
  db: Database,
  report: Bytes,
  { slot, day, sealed, followUps }: SealedReply & { followUps: number },
  entry: ChainEntry,
): Promise<boolean> =>
  changeWithRow(db, entry, [
    sql`INSERT INTO answers (owner_hash, slot, day, sealed)
      SELECT owner_hash, ${slot}, ${day}, ${sealed} FROM reports
        WHERE id = ${report} AND write_hash IS NOT NULL
          AND ${followUpCount(THREAD_OF_REPORT)} = ${followUps}
      ON CONFLICT (owner_hash, slot) DO NOTHING RETURNING 1`,
  ])

/** The state that can explain why a change did nothing. */
export interface ReportState {
  /** the receipt has not ended */
  answerable: boolean
  followUps: number
}

/** Returns null when the report does not exist. */
export async function findState(db: Database, report: Bytes): Promise<ReportState | null> {
  const found = await db
    .select({ writeHash: reports.writeHash, followUps: followUpCount(THREAD_OF_REPORT) })
    .from(reports)
    .where(eq(reports.id, report))
    .get()
  return found ? { answerable: found.writeHash !== null, followUps: found.followUps } : null
}
