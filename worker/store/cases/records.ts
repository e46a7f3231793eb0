// Stores records of cases, each as a unit and with a revision number.
import { and, eq, sql } from 'drizzle-orm'
import type { Bytes } from '#protocol/bytes'
import { keyNoInUse } from './key-in-use.ts'
import { changeWithRow, type ChainEntry } from '../ledger/chains.ts'
import type { Database } from '../database.ts'
import { caseRecords } from '../schema/cases.ts'

export interface StoredRecord {
  record: number
  revision: number
  keyNo: number
  sealed: Bytes
}

/**
 * Stores the next revision of a record.
 *
 * @returns false for an unknown or merged case, or for a key other than the one in use. Also false
 *   for a revision that does not follow the stored one
 */
export const storeRecord = (
  db: Database,
  caseId: Bytes,
  { record, revision, keyNo, sealed }: StoredRecord,
  entry: ChainEntry,
): Promise<boolean> =>
  changeWithRow(db, entry, [
    sql`INSERT INTO case_records (case_id, record, revision, key_no, sealed)
      SELECT id, ${record}, ${revision}, ${keyNo}, ${sealed} FROM reports
        WHERE id = ${caseId} AND merged_into IS NULL AND ${keyNoInUse(caseId)} = ${keyNo}
          AND coalesce((SELECT revision FROM case_records
            WHERE case_id = ${caseId} AND record = ${record}), 0) = ${revision - 1}
      ON CONFLICT (case_id, record) DO UPDATE SET revision = excluded.revision,
        key_no = excluded.key_no, sealed = excluded.sealed RETURNING 1`,
  ])

/** Returns the stored revision of a record, or 0. */
export const findRevision = async (db: Database, caseId: Bytes, record: number): Promise<number> =>
  (
    await db
      .select({ revision: caseRecords.revision })
      .from(caseRecords)
      .where(and(eq(caseRecords.caseId, caseId), eq(caseRecords.record, record)))
      .get()
  )?.revision ?? 0
