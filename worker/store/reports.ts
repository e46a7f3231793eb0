// Sealed reports and follow-ups on their way in. A report id is stored once, whichever of the two tables it went to.
import { eq, sql } from 'drizzle-orm'
import { unionAll } from 'drizzle-orm/sqlite-core'
import type { Bytes } from '#protocol/bytes'
import { KIND, type Kind } from '#protocol/envelope'
import { MAX_FOLLOW_UPS } from '#protocol/limits'
import { bytesFrom } from './bytes-column.ts'
import { readWithSize, runTogether, type Database } from './database.ts'
import { followUps, reports } from './schema.ts'

export type Lane = 'A' | 'B'
export type Sealer = 'device' | 'worker'

/** A report as it arrived: everything but the envelope is readable without a key. */
export interface SealedReport {
  id: Bytes
  kind: Kind
  danger: boolean
  epoch: number
  lane: Lane
  sealedBy: Sealer
  /** UTC day, `2026-11-24` */
  receivedDay: string
  lookupHash: Bytes
  writeHash: Bytes
  envelope: Bytes
  envelopeHash: Bytes
}

/**
 * Stores a report. A return number that another report already answers to stays with that one: the newcomer is stored without.
 *
 * @returns false when the id is taken
 */
export async function insertReport(db: Database, report: SealedReport): Promise<boolean> {
  const [inserted] = await runTogether(db, [
    sql`INSERT INTO reports (id, kind, danger, epoch, lane, sealed_by, received_day, lookup_hash, write_hash, envelope_hash, envelope)
      SELECT ${report.id}, ${report.kind}, ${Number(report.danger)}, ${report.epoch}, ${report.lane}, ${report.sealedBy},
        ${report.receivedDay}, CASE taken WHEN 0 THEN ${report.lookupHash} END, CASE taken WHEN 0 THEN ${report.writeHash} END,
        ${report.envelopeHash}, ${report.envelope}
      FROM (SELECT EXISTS (SELECT 1 FROM reports WHERE lookup_hash = ${report.lookupHash}) AS taken)
      WHERE NOT EXISTS (SELECT 1 FROM follow_ups WHERE id = ${report.id})
      ON CONFLICT (id) DO NOTHING RETURNING 1`,
  ])
  return inserted === 1
}

/**
 * Stores a follow-up in the thread of its number and puts the thread back to new.
 *
 * @returns false when no thread has both hashes, the thread is full, or the id is taken
 */
export async function insertFollowUp(
  db: Database,
  report: SealedReport,
  tokenHash: Bytes,
): Promise<boolean> {
  const [inserted] = await runTogether(db, [
    sql`INSERT INTO follow_ups (id, report, day, sealed_by, envelope_hash, envelope)
      SELECT ${report.id}, id, ${report.receivedDay}, ${report.sealedBy}, ${report.envelopeHash}, ${report.envelope}
      FROM reports WHERE lookup_hash = ${report.lookupHash} AND write_hash = ${tokenHash}
        AND follow_ups < ${MAX_FOLLOW_UPS}
        AND NOT EXISTS (SELECT 1 FROM reports WHERE id = ${report.id})
      ON CONFLICT (id) DO NOTHING RETURNING 1`,
    sql`UPDATE reports SET status = 'new', follow_ups = follow_ups + 1, danger = max(danger, ${Number(report.danger)})
      WHERE lookup_hash = ${report.lookupHash} AND changes() = 1`,
  ])
  return inserted === 1
}

/** SHA-256 of the stored envelope with this id, or null. */
export async function findEnvelopeHash(db: Database, id: Bytes): Promise<Bytes | null> {
  const [found] = await unionAll(
    db.select({ hash: reports.envelopeHash }).from(reports).where(eq(reports.id, id)),
    db.select({ hash: followUps.envelopeHash }).from(followUps).where(eq(followUps.id, id)),
  )
  return found?.hash ?? null
}

/** What findEnvelopeHash finds, and how many bytes the database has: a report that comes needs both, and one query tells them. */
export async function lookUp(
  db: Database,
  id: Bytes,
): Promise<{ hash: Bytes | null; bytes: number }> {
  const { rows, bytes } = await readWithSize(
    db,
    sql`SELECT envelope_hash FROM reports WHERE id = ${id} UNION ALL SELECT envelope_hash FROM follow_ups WHERE id = ${id}`,
  )
  const [found] = rows
  return { hash: found ? bytesFrom(found['envelope_hash']) : null, bytes }
}

/**
 * Moves a report to lane A.
 *
 * @returns false when there is none with this id; follow-ups have no lane
 */
export async function raiseReport(db: Database, id: Bytes): Promise<boolean> {
  const [raised] = await runTogether(db, [
    sql`UPDATE reports SET lane = 'A' WHERE id = ${id} AND kind <> ${KIND.followUp} RETURNING 1`,
  ])
  return raised === 1
}
