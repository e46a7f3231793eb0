// Reads the heads of all case logs, which a checkpoint covers. A trigger maintains one row per
// case.
import { asc, gt, sql } from 'drizzle-orm'
import { toB64, type Bytes } from '#protocol/bytes'
import type { CaseHead } from '#protocol/staff/ledger/checkpoint-leaves'
import { hexOf } from '#worker/hex'
import { bytesFrom, readTogether, type Database } from '../database.ts'
import { caseHeads } from '../schema/chains.ts'

/**
 * Reads the heads of cases whose ids follow `after`, sorted by id. With an empty id, the list
 * starts at the first case.
 */
export const readCaseHeads = (db: Database, after: Bytes, limit: number): Promise<CaseHead[]> =>
  db
    .select()
    .from(caseHeads)
    .where(gt(caseHeads.caseId, after))
    .orderBy(asc(caseHeads.caseId))
    .limit(limit)

/**
 * Reads the hash of the last row in each log; a case without rows is absent from the result. Keys
 * are base64url.
 */
export async function readHeads(db: Database, ids: readonly Bytes[]): Promise<Map<string, Bytes>> {
  const [rows = []] = await readTogether(db, [
    sql`SELECT case_id, hash FROM case_heads
      WHERE case_id IN (SELECT unhex(value) FROM json_each(${JSON.stringify(ids.map(hexOf))}))`,
  ])
  return new Map(rows.map((row) => [toB64(bytesFrom(row['case_id'])), bytesFrom(row['hash'])]))
}
