// Stores the changes of the staff in a case, each with a row of the case's log. A stale change does
// nothing.
import { eq, sql, type SQL } from 'drizzle-orm'
import type { Bytes } from '#protocol/bytes'
import { isWithoutColleague } from './left-cases.ts'
import type { SealedReply } from './replies.ts'
import { absorbedCount, caseFollowUpCount, isAllRead, type ReadParts } from './reports.ts'
import { changeWithRow, type ChainEntry } from './chains.ts'
import type { Database } from './database.ts'
import { reports } from './schema-reports.ts'

/** Selects the number of the newest key of a case; 0 without a key. */
export const newestKeyNo = (caseId: Bytes): SQL =>
  sql`coalesce((SELECT max(key_no) FROM case_keys WHERE case_id = ${caseId}), 0)`

/**
 * Selects the number of the key under which a case takes new letters and entries. Only the newest
 * key serves, and only if it was made under the newest team key. Else the number is 0. Somebody
 * who left may know an older key. A browser that has not seen the departure would write under it.
 * The same holds for a key from before the case was taken from a caseworker, who may know it. While
 * a person who left, or a caseworker with new keys, still has the case, no key serves. Re-wrapping
 * changes the generation in the table. Only the log names the first one.
 */
export const keyNoInUse = (caseId: Bytes): SQL =>
  sql`coalesce((SELECT max(json_extract(change, '$.keyNo')) FROM case_log
    WHERE case_id = ${caseId} AND json_extract(statement, '$.action') = 'key.make'
      AND json_extract(change, '$.generation') = (SELECT max(generation) FROM teams)
      AND n > ${lastWithdrawal(caseId)}
      AND NOT EXISTS
        (SELECT 1 FROM reports WHERE id = ${caseId} AND ${isWithoutColleague()})), 0)`

/** Selects the number of the last row that took the case from a caseworker; 0 without one. */
const lastWithdrawal = (caseId: Bytes): SQL =>
  sql`coalesce((SELECT max(n) FROM case_log AS taken
    WHERE case_id = ${caseId} AND json_extract(statement, '$.action') = 'case.assign'
      AND (SELECT json_extract(given.change, '$.isGranted') FROM case_log AS given
        WHERE given.case_id = ${caseId} AND given.n < taken.n
          AND json_extract(given.statement, '$.action') = 'case.assign'
        ORDER BY given.n DESC LIMIT 1)), 0)`

/** An entry of a case. */
export interface EntryStep {
  keyNo: number
  sealed: Bytes
  /** the first day on which a task is due; null without a task, absent unchanged */
  dueDay?: string | null | undefined
}

const insertEntryRow = (
  caseId: Bytes,
  { keyNo, sealed }: Omit<EntryStep, 'dueDay'>,
  read: ReadParts | null = null,
): SQL =>
  sql`INSERT INTO case_entries (case_id, n, sealed)
    SELECT id, coalesce((SELECT max(n) FROM case_log WHERE case_id = ${caseId}), 0) + 1, ${sealed}
      FROM reports
      WHERE id = ${caseId} AND merged_into IS NULL AND ${keyNoInUse(caseId)} = ${keyNo}
        AND ${read ? isAllRead(read) : sql`1`}
      RETURNING 1`

/**
 * Stores an entry under the number of its row.
 *
 * @returns false when the case does not exist or was merged, or `keyNo` is not its key in use
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
  /** null when the author did not say it */
  read: ReadParts | null
}

/**
 * Sets or lifts the danger of a case, and stores the entry with the reason.
 *
 * @returns false as insertEntry, and when the author has not read all of the case
 */
export const changeDanger = (
  db: Database,
  caseId: Bytes,
  { danger, read, ...reason }: DangerStep,
  entry: ChainEntry,
): Promise<boolean> =>
  changeWithRow(db, entry, [
    insertEntryRow(caseId, reason, read),
    sql`UPDATE reports SET danger = ${Number(danger)} WHERE id = ${caseId} AND changes() = 1
      RETURNING 1`,
  ])

/** A reply and its place: the report whose thread gets it, and what its author has read. */
export interface ReplyStep extends SealedReply {
  /** the report that began the case, or one that the case absorbed */
  report: Bytes
  read: ReadParts
}

/**
 * Stores a reply under the receipt of a report. An open case then waits for the person.
 *
 * @returns false for an unknown report, an ended receipt or a taken slot. False also when the
 *   author has not read all of the case
 */
export const insertReply = (
  db: Database,
  caseId: Bytes,
  { report, slot, day, sealed, read }: ReplyStep,
  entry: ChainEntry,
): Promise<boolean> =>
  changeWithRow(
    db,
    entry,
    [
      sql`INSERT INTO answers (owner_hash, slot, day, sealed)
        SELECT owner_hash, ${slot}, ${day}, ${sealed} FROM reports
          WHERE id = ${report} AND (id = ${caseId} OR merged_into = ${caseId})
            AND write_hash IS NOT NULL
            AND EXISTS (SELECT 1 FROM reports
              WHERE id = ${caseId} AND merged_into IS NULL AND ${isAllRead(read)})
        ON CONFLICT (owner_hash, slot) DO NOTHING RETURNING 1`,
    ],
    [
      sql`UPDATE reports SET waits_for = 'person', waits_since = ${day}
        WHERE id = ${caseId} AND status <> 'closed' AND changes() = 1`,
    ],
  )

/** The state that can explain why a change did nothing. */
export interface ReportState extends Required<ReadParts> {
  /** the receipt has not ended */
  answerable: boolean
  /** the case that goes on for this one; null while this case goes on itself */
  mergedInto: Bytes | null
}

/** Returns null when the report does not exist. */
export async function findState(db: Database, report: Bytes): Promise<ReportState | null> {
  const found = await db
    .select({
      writeHash: reports.writeHash,
      followUps: caseFollowUpCount(),
      absorbed: absorbedCount(),
      mergedInto: reports.mergedInto,
    })
    .from(reports)
    .where(eq(reports.id, report))
    .get()
  if (!found) return null
  const { writeHash, ...state } = found
  return { ...state, answerable: writeHash !== null }
}
