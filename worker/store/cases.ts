// Stores the changes of the staff in a case, each with a row of the case's log. A stale change does
// nothing.
import { eq, sql, type SQL } from 'drizzle-orm'
import type { Bytes } from '#protocol/bytes'
import type { Status } from '#protocol/staff/fields'
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

/** Selects the number of the newest key of a case; 0 without a key. */
export const newestKeyNo = (caseId: Bytes): SQL =>
  sql`coalesce((SELECT max(key_no) FROM case_keys WHERE case_id = ${caseId}), 0)`

/**
 * Selects the number of the key under which a case takes new letters and entries. Only the newest
 * key serves, and only if it was made under the newest team key. Else the number is 0. Somebody
 * who left may know an older key. A browser that has not seen the departure would write under it.
 * Re-wrapping changes the generation in the table. Only the log names the first one.
 */
export const keyNoInUse = (caseId: Bytes): SQL =>
  sql`coalesce((SELECT max(json_extract(change, '$.keyNo')) FROM case_log
    WHERE case_id = ${caseId} AND json_extract(statement, '$.action') = 'key.make'
      AND json_extract(change, '$.generation') = (SELECT max(generation) FROM teams)), 0)`

/**
 * Stores an entry under the number of its row.
 *
 * @returns false when the report does not exist, or `keyNo` is not the key in use of the case
 */
export const insertEntry = (
  db: Database,
  caseId: Bytes,
  { keyNo, sealed }: { keyNo: number; sealed: Bytes },
  entry: ChainEntry,
): Promise<boolean> =>
  changeWithRow(db, entry, [
    sql`INSERT INTO case_entries (case_id, n, sealed)
      SELECT id, coalesce((SELECT max(n) FROM case_log WHERE case_id = ${caseId}), 0) + 1, ${sealed}
        FROM reports
        WHERE id = ${caseId} AND ${keyNoInUse(caseId)} = ${keyNo} RETURNING 1`,
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
