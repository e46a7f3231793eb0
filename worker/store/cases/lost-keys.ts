// Records that case keys are lost, so that their generation of the team key may end. A lost key
// keeps its row, so that its number is never reused.
import { sql } from 'drizzle-orm'
import type { CaseKeyPlace } from './keys.ts'
import { changeWithRow, type ChainEntry } from '../ledger/chains.ts'
import type { Database } from '../database.ts'

/**
 * Records that keys under an older generation are lost.
 *
 * @returns false unless the generation is older than the newest and still contains each of these
 *   keys
 */
export function noteLost(
  db: Database,
  { generation, keys }: { generation: number; keys: readonly CaseKeyPlace[] },
  entry: ChainEntry,
): Promise<boolean> {
  const places = sql.join(
    keys.map(({ caseId, keyNo }) => sql`(${caseId}, ${keyNo})`),
    sql`, `,
  )
  const isNamed = sql`generation = ${generation} AND NOT is_lost
    AND (case_id, key_no) IN (VALUES ${places})`
  return changeWithRow(
    db,
    entry,
    [
      // Changes nothing, and returns a row only if the generation still has every key.
      sql`UPDATE teams SET generation = generation
        WHERE generation = ${generation} AND generation < (SELECT MAX(generation) FROM teams)
          AND (SELECT count(*) FROM case_keys WHERE ${isNamed}) = ${keys.length} RETURNING 1`,
    ],
    [sql`UPDATE case_keys SET is_lost = 1 WHERE ${isNamed} AND changes() = 1`],
  )
}
