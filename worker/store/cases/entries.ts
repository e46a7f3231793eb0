// Stores entries of a case, each with a row of the case log. A change of danger is stored together
// with the entry that gives the reason. A stale change does nothing.
import { sql, type SQL } from 'drizzle-orm'
import type { Bytes } from '#protocol/bytes'
import { isAllRead, type ReadParts } from './growth.ts'
import { changeWithRow, type ChainEntry } from '../ledger/chains.ts'
import type { Database } from '../database.ts'
import { keyNoInUse } from './key-in-use.ts'

/** An entry of a case. */
export interface EntryStep {
  keyNo: number
  sealed: Bytes
  /**
   * the first day on which a task is due; null if no task has a due day, absent when unchanged
   */
  dueDay?: string | null | undefined
}

/** @param condition  a condition on the row of the case; nothing is stored unless it is met */
export const insertEntryRow = (
  caseId: Bytes,
  { keyNo, sealed }: Omit<EntryStep, 'dueDay'>,
  condition: SQL = sql`1`,
): SQL =>
  sql`INSERT INTO case_entries (case_id, n, sealed)
    SELECT id, coalesce((SELECT max(n) FROM case_log WHERE case_id = ${caseId}), 0) + 1, ${sealed}
      FROM reports
      WHERE id = ${caseId} AND merged_into IS NULL AND ${keyNoInUse(caseId)} = ${keyNo}
        AND ${condition}
      RETURNING 1`

/**
 * Stores an entry under the number of its row.
 *
 * @returns false when the case does not exist or was merged, or when `keyNo` is not the case's
 *   key in use
 */
export const insertEntry = (
  db: Database,
  caseId: Bytes,
  { dueDay, ...added }: EntryStep,
  entry: ChainEntry,
): Promise<boolean> =>
  changeWithRow(
    db,
    entry,
    [insertEntryRow(caseId, added)],
    dueDay === undefined
      ? []
      : [sql`UPDATE reports SET due_day = ${dueDay} WHERE id = ${caseId} AND changes() = 1`],
  )

interface DangerStep {
  danger: boolean
  keyNo: number
  sealed: Bytes
  /** null when the author did not state what they have read */
  read: ReadParts | null
}

/**
 * Sets or lifts the danger of a case, and stores the entry with the reason.
 *
 * @returns false in the same cases as insertEntry, and when the author has not read all of the
 *   case
 */
export const changeDanger = (
  db: Database,
  caseId: Bytes,
  { danger, read, ...reason }: DangerStep,
  entry: ChainEntry,
): Promise<boolean> =>
  changeWithRow(db, entry, [
    insertEntryRow(caseId, reason, read ? isAllRead(read) : sql`1`),
    sql`UPDATE reports SET danger = ${Number(danger)} WHERE id = ${caseId} AND changes() = 1
      RETURNING 1`,
  ])
