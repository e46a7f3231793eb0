// Reads the logs of several cases.
import { asc, inArray } from 'drizzle-orm'
import { toB64, type Bytes } from '#protocol/bytes'
import type { StoredRow } from '../ledger/chain-rows.ts'
import type { Database } from '../database.ts'
import { caseHeads, caseLog } from '../schema/chains.ts'

/** Counts the rows of logs, sorted by case id. A case without rows is absent from the result. */
export const countLogRows = (
  db: Database,
  ids: readonly Bytes[],
): Promise<{ id: Bytes; n: number }[]> =>
  db
    .select({ id: caseHeads.caseId, n: caseHeads.n })
    .from(caseHeads)
    .where(inArray(caseHeads.caseId, [...ids]))
    .orderBy(asc(caseHeads.caseId))

/** Reads complete logs, sorted by case id. */
export async function readLogs(
  db: Database,
  ids: readonly Bytes[],
): Promise<{ id: Bytes; rows: StoredRow[] }[]> {
  if (ids.length === 0) return []
  const rows = await db
    .select({
      id: caseLog.caseId,
      change: caseLog.change,
      statement: caseLog.statement,
      signature: caseLog.signature,
    })
    .from(caseLog)
    .where(inArray(caseLog.caseId, [...ids]))
    .orderBy(asc(caseLog.caseId), asc(caseLog.n))
  const logs = Map.groupBy(rows, ({ id }) => toB64(id))
  return ids.map((id) => ({
    id,
    rows: (logs.get(toB64(id)) ?? []).map(({ id: _, ...row }) => row),
  }))
}
