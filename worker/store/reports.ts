// Stores sealed reports and follow-ups. An envelope is stored once, in one of the two tables.
import { eq, sql, type SQL } from 'drizzle-orm'
import { unionAll } from 'drizzle-orm/sqlite-core'
import type { Bytes } from '#protocol/bytes'
import { KIND, type Kind } from '#protocol/report/envelope'
import { CHECKED_GRADE, MAX_FOLLOW_UPS, type Grade } from '#protocol/limits'
import { changeWithRow, type ChainEntry } from './chains.ts'
import { runTogether, type Database } from './database.ts'
import { reports } from './schema-reports.ts'
import { followUps } from './schema-threads.ts'

export type Sealer = 'device' | 'worker'

/** A report as it arrived. Only the envelope is sealed. */
export interface ArrivedReport {
  /** the first 16 bytes of SHA-256(envelope), see reportIdOf */
  id: Bytes
  kind: Kind
  danger: boolean
  epoch: number
  grade: Grade
  sealedBy: Sealer
  /** UTC day, `2026-11-24` */
  receivedDay: string
  headerId: Bytes
  ownerHash: Bytes
  writeHash: Bytes
  envelope: Bytes
}

/**
 * Stores a report. A proof of work counts once: the grade is 0 when it counts for another report.
 * Several reports can name one receipt, because anybody who carries a letter can
 * read the hashes in its header. Only staff can see which report owns the receipt.
 *
 * @param today  UTC day; later than the day of arrival for a report that waited in R2
 * @returns false when the report is stored already
 */
export async function insertReport(
  db: Database,
  report: ArrivedReport,
  today = report.receivedDay,
): Promise<boolean> {
  const [inserted] = await runTogether(db, [insertReportRow(report, today)])
  return inserted === 1
}

/** Builds the statement that stores a report. The statement returns a row if it stored one. */
const insertReportRow = (report: ArrivedReport, today = report.receivedDay): SQL =>
  sql`INSERT INTO reports (id, kind, danger, epoch, grade, sealed_by, received_day, touched_day,
      header_id, owner_hash, write_hash, envelope)
    SELECT ${report.id}, ${report.kind}, ${Number(report.danger)}, ${report.epoch},
      ${countedGrade(report)},
      ${report.sealedBy}, ${report.receivedDay}, ${today > report.receivedDay ? today : null},
      ${report.headerId}, ${report.ownerHash}, ${report.writeHash}, ${report.envelope}
    WHERE NOT EXISTS (SELECT 1 FROM follow_ups WHERE id = ${report.id})
    ON CONFLICT (id) DO NOTHING RETURNING 1`

/**
 * Stores a report that a colleague entered, with the first row of its case log.
 *
 * @returns false when the report is stored already
 */
export const insertEntered = (
  db: Database,
  report: ArrivedReport,
  entry: ChainEntry,
): Promise<boolean> => changeWithRow(db, entry, [insertReportRow(report)])

/** The columns or values that name a thread. */
interface ThreadName {
  ownerHash: SQL
  /** null when the reporter ended the thread */
  writeHash: SQL
}

/**
 * The thread of a row of `reports`, named in SQL. In a query of one table drizzle omits the table's
 * name, and a subquery would then compare follow_ups with itself.
 */
export const THREAD_OF_REPORT: ThreadName = {
  ownerHash: sql`reports.owner_hash`,
  writeHash: sql`reports.write_hash`,
}

/** The thread of a report that a case absorbed. */
const THREAD_OF_PART: ThreadName = {
  ownerHash: sql`part.owner_hash`,
  writeHash: sql`part.write_hash`,
}

/** Joins a follow-up to the reports of its thread. */
export const isOfThread = ({ ownerHash, writeHash }: ThreadName): SQL =>
  sql`follow_ups.owner_hash = ${ownerHash} AND follow_ups.write_hash IS ${writeHash}`

/** Counts the follow-ups of a thread, and reads one row for a thread of any length. */
export const followUpCount = (thread: ThreadName): SQL<number> =>
  sql<number>`coalesce((SELECT max(n) + 1 FROM follow_ups WHERE ${isOfThread(thread)}), 0)`

/**
 * Counts the follow-ups of a case in all its threads. A merged case absorbs reports with threads of
 * their own, which an index finds.
 */
export const caseFollowUpCount = (): SQL<number> =>
  sql<number>`(${followUpCount(THREAD_OF_REPORT)} + coalesce((
    SELECT sum(${followUpCount(THREAD_OF_PART)})
    FROM reports AS part WHERE part.merged_into = reports.id), 0))`

/** Counts the reports of absorbed cases. */
export const absorbedCount = (): SQL<number> =>
  sql<number>`(SELECT count(*) FROM reports AS part WHERE part.merged_into = reports.id)`

/** The parts of a case that a colleague has read, in numbers. */
export interface ReadParts {
  /** follow-ups of the whole case */
  followUps: number
  /** reports of absorbed cases; undefined when the colleague did not say it */
  absorbed?: number | undefined
}

/** Is true while a case has no more than its colleague has read. */
export const isAllRead = ({ followUps, absorbed }: ReadParts): SQL =>
  sql`(${caseFollowUpCount()} = ${followUps}
    AND ${absorbedCount()} = ${absorbed ?? absorbedCount()})`

/** Returns true when a case has more than its colleague has read. */
export const hasGrown = (now: Required<ReadParts>, read: Partial<ReadParts>): boolean =>
  now.followUps !== (read.followUps ?? now.followUps) ||
  now.absorbed !== (read.absorbed ?? now.absorbed)

/**
 * Stores a follow-up in the thread of its receipt, and sets the status of one report there to new.
 * Both hashes name a thread, so that a stranger with only the first hash cannot write into it.
 * Only one report changes, because a stranger can store many reports with both hashes.
 *
 * @param today  UTC day; later than the day of arrival for a follow-up that waited in R2
 * @returns false when no report has both hashes, the thread is full, or the follow-up is stored
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
        waits_for = 'us', close_reason = NULL,
        waits_since = CASE waits_for WHEN 'us' THEN waits_since ELSE ${report.receivedDay} END,
        touched_day = max(coalesce(touched_day, ''), ${today})
      WHERE id = (${named}) AND changes() = 1`,
  ])
  return inserted === 1
}

/** Returns true when the database has a report or follow-up with this id. */
export async function isStored(db: Database, id: Bytes): Promise<boolean> {
  const found = await unionAll(
    db.select({ id: reports.id }).from(reports).where(eq(reports.id, id)),
    db.select({ id: followUps.id }).from(followUps).where(eq(followUps.id, id)),
  )
  return found.length > 0
}

/** Selects one row when the database has a report or follow-up with this id. */
export const storedQuery = (id: Bytes): SQL =>
  sql`SELECT 1 FROM reports WHERE id = ${id}
    UNION ALL SELECT 1 FROM follow_ups WHERE id = ${id}`

/** Returns the grade of a new report as SQL: 0 when its proof counts for another report. */
const countedGrade = ({ headerId, grade }: ArrivedReport): SQL =>
  grade === 0 ? sql`0` : sql`CASE WHEN EXISTS (${gradedQuery(headerId)}) THEN 0 ELSE ${grade} END`

/** Selects one row when a report with this header id has a grade, so that its proof counts. */
export const gradedQuery = (headerId: Bytes): SQL =>
  sql`SELECT 1 FROM reports WHERE header_id = ${headerId} AND grade > 0`

/**
 * Raises a report to the grade of a passed check.
 *
 * @returns false when no report has this id; follow-ups have no grade
 */
export async function promoteStored(db: Database, id: Bytes): Promise<boolean> {
  const [promoted] = await runTogether(db, [
    sql`UPDATE reports SET grade = max(grade, ${CHECKED_GRADE})
      WHERE id = ${id} AND kind <> ${KIND.followUp} RETURNING 1`,
  ])
  return promoted === 1
}
