// Compares the ledger head in a new case row with the stored ledger and the head in the previous
// row. A former colleague therefore cannot extend a log that has a row signed after the departure.
import { sql } from 'drizzle-orm'
import { fromB64, toB64, type Bytes } from '#protocol/bytes'
import type { LedgerHead } from '#protocol/staff/chain'
import { hexOf } from '#worker/hex'
import { bytesFrom, readTogether, type Database } from '../database.ts'

/**
 * A case whose log is extended, and the newest ledger row that the signer of the new row had seen.
 */
export interface CasePlace {
  id: Bytes
  ledger: LedgerHead
}

/**
 * Finds the cases whose signer had an older ledger than the signer of the last row. Also finds a
 * case whose signer refers to a row that is not in the ledger. The app then fetches the ledger and
 * signs again.
 *
 * @returns base64url ids
 */
export async function findBehind(
  db: Database,
  places: readonly CasePlace[],
): Promise<ReadonlySet<string>> {
  if (places.length === 0) return new Set()
  const asked = places.map(({ id, ledger: { n, hash } }) => [hexOf(id), n, hexOf(fromB64(hash))])
  const [rows = []] = await readTogether(db, [
    sql`SELECT unhex(asked.value ->> 0) AS id FROM json_each(${JSON.stringify(asked)}) AS asked
      LEFT JOIN ledger ON ledger.seq = asked.value ->> 1
        AND ledger.hash = unhex(asked.value ->> 2)
      LEFT JOIN case_heads ON case_heads.case_id = unhex(asked.value ->> 0)
      WHERE ledger.seq IS NULL OR ledger.seq < case_heads.ledger_row`,
  ])
  return new Set(rows.map(({ id }) => toB64(bytesFrom(id))))
}
