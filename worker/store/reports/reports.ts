// Stores sealed reports, and promotes them. An envelope is stored only once, as a report or as a
// follow-up.
import { eq, sql, type SQL } from 'drizzle-orm'
import { unionAll } from 'drizzle-orm/sqlite-core'
import type { Bytes } from '#protocol/bytes'
import { KIND, type Kind } from '#protocol/report/envelope'
import { CHECKED_GRADE, type Grade } from '#protocol/limits'
import { changeWithRow, type ChainEntry } from '../ledger/chains.ts'
import { runTogether, type Database } from '../database.ts'
import { reports } from '../schema/reports.ts'
import { followUps } from '../schema/threads.ts'

export type Sealer = 'device' | 'worker'

/** A report as it arrived. Only the envelope is sealed. */
export interface ArrivedReport {
  /** the first 16 bytes of SHA-256(envelope); see reportIdOf */
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
 * Stores a report. A proof of work counts only once: the grade is 0 when the proof already counts
 * for another report. Several reports can name the same receipt, because anybody who carries a
 * letter can read its header. Only staff can see which report owns the receipt.
 *
 * @returns false when the report is already stored
 */
export async function insertReport(db: Database, report: ArrivedReport): Promise<boolean> {
  const [inserted] = await runTogether(db, [insertReportRow(report)])
  return inserted === 1
}

/** Builds the statement that stores a report. The statement returns a row if it stored one. */
const insertReportRow = (report: ArrivedReport): SQL =>
  sql`INSERT INTO reports (id, kind, danger, epoch, grade, sealed_by, received_day, header_id,
      owner_hash, write_hash, envelope)
    SELECT ${report.id}, ${report.kind}, ${Number(report.danger)}, ${report.epoch},
      ${countedGrade(report)},
      ${report.sealedBy}, ${report.receivedDay}, ${report.headerId},
      ${report.ownerHash}, ${report.writeHash}, ${report.envelope}
    WHERE NOT EXISTS (SELECT 1 FROM follow_ups WHERE id = ${report.id})
    ON CONFLICT (id) DO NOTHING RETURNING 1`

/**
 * Stores a report that a colleague entered, with the first row of its case log.
 *
 * @returns false when the report is already stored
 */
export const insertEntered = (
  db: Database,
  report: ArrivedReport,
  entry: ChainEntry,
): Promise<boolean> => changeWithRow(db, entry, [insertReportRow(report)])

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

/**
 * Selects one row when a report with this header id has a grade above 0, so its proof already
 * counts.
 */
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
