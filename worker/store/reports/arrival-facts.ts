// Reads from the database, in one query, the facts about a report that has just arrived.
import { sql } from 'drizzle-orm'
import { bytesFrom, readWithSize, type Database } from '../database.ts'
import type { Epoch } from '../ledger/epochs.ts'
import { gradedQuery, storedQuery, type ArrivedReport } from './reports.ts'

export interface ArrivalFacts {
  /** true when the report is stored, as a report or as a follow-up */
  isStored: boolean
  /** true when the proof of work already counts for another report */
  isProofUsed: boolean
  /** the epoch that the report names, or null */
  epoch: Epoch | null
  /** the database size */
  databaseBytes: number
}

export async function readArrivalFacts(
  db: Database,
  {
    id,
    headerId,
    grade,
    epoch: number,
  }: Pick<ArrivedReport, 'id' | 'headerId' | 'grade' | 'epoch'>,
): Promise<ArrivalFacts> {
  const isGraded = grade > 0 ? sql`EXISTS (${gradedQuery(headerId)})` : sql`0`
  const { row, bytes } = await readWithSize(
    db,
    sql`SELECT EXISTS (${storedQuery(id)}) AS is_stored, ${isGraded} AS is_graded,
        epochs.epoch, epochs.manifest, epochs.retired_day
      FROM (SELECT 1) LEFT JOIN epochs ON epochs.epoch = ${number}`,
  )
  return {
    isStored: row['is_stored'] === 1,
    isProofUsed: row['is_graded'] === 1,
    epoch: row['epoch'] === null ? null : epochFrom(number, row),
    databaseBytes: bytes,
  }
}

function epochFrom(epoch: number, row: Record<string, unknown>): Epoch {
  const { manifest, retired_day: retiredDay } = row
  return {
    epoch,
    manifest: bytesFrom(manifest),
    retiredDay: typeof retiredDay === 'string' ? retiredDay : null,
  }
}
