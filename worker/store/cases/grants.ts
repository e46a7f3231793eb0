// Stores the copies of case keys for the caseworker who has the case. The copies are deleted when
// the case goes to another colleague.
import { sql, type SQL } from 'drizzle-orm'
import type { Bytes } from '#protocol/bytes'
import { bytesFrom, readTogether, type Database } from '../database.ts'

/** The name of a case key. */
export interface KeyName {
  caseId: Bytes
  keyNo: number
}

/** Lists the keys of a case and of the cases that it absorbed. */
export async function listKeysOf(db: Database, caseId: Bytes): Promise<KeyName[]> {
  const [rows = []] = await readTogether(db, [
    sql`SELECT case_id, key_no FROM case_keys WHERE case_id IN (${casesOf(caseId)})`,
  ])
  return rows.map(({ case_id: of, key_no: keyNo }) => ({
    caseId: bytesFrom(of),
    keyNo: Number(keyNo),
  }))
}

/** A copy of a case key for a caseworker. */
export interface StoredGrant extends KeyName {
  sealed: Bytes
}

const casesOf = (caseId: Bytes): SQL =>
  sql`SELECT ${caseId} UNION SELECT id FROM reports WHERE merged_into = ${caseId}`

/** Stores copies only for the colleague who has the case. */
export const insertGrants = (
  caseId: Bytes,
  person: Bytes | null,
  grants: readonly StoredGrant[],
): SQL[] =>
  grants.map(
    (grant) => sql`INSERT INTO case_grants (case_id, key_no, person, sealed)
      SELECT ${grant.caseId}, ${grant.keyNo}, assignee, ${grant.sealed} FROM reports
        WHERE id = ${caseId} AND assignee IS ${person} AND assignee IS NOT NULL
      ON CONFLICT DO NOTHING`,
  )

/**
 * Deletes the copies of all people who have neither the case nor the case into which it was merged.
 * The statement also runs after a refused change, and must then delete nothing.
 */
export const deleteOldGrants = (caseId: Bytes): SQL =>
  sql`DELETE FROM case_grants WHERE case_id IN (${casesOf(caseId)})
    AND person IS NOT (SELECT head.assignee FROM reports AS own
      JOIN reports AS head ON head.id = coalesce(own.merged_into, own.id)
      WHERE own.id = case_grants.case_id)`
