// Reads the facts of the database about a report that has just arrived, in one batch.
import { sql } from 'drizzle-orm'
import { bytesFrom, readTogether, type Database } from './database.ts'
import type { Epoch } from './epochs.ts'
import { gradedQuery, storedQuery, type ArrivedReport } from './reports.ts'

export interface ArrivalFacts {
  /** the report is stored, as a report or as a follow-up */
  isStored: boolean
  /** the proof of work counts for another report */
  isProofUsed: boolean
  /** the epoch that the report names, or null */
  epoch: Epoch | null
  /** the size of the database */
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
  const { rows, bytes } = await readTogether(db, [
    storedQuery(id),
    sql`SELECT epoch, manifest, retired_day FROM epochs WHERE epoch = ${number}`,
    ...(grade > 0 ? [gradedQuery(headerId)] : []),
  ])
  const [stored = [], [epoch] = [], graded = []] = rows
  return {
    isStored: stored.length > 0,
    isProofUsed: graded.length > 0,
    epoch: epoch ? epochFrom(number, epoch) : null,
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
