// Counts the tries to sign in by a sheet of paper.
import { sql } from 'drizzle-orm'
import type { Bytes } from '#protocol/bytes'
import { bytesFrom, readTogether, type Database } from './database.ts'

export interface TriedSlot {
  person: Bytes
  proofHash: Bytes
  /** tries of this day, the present one included */
  tries: number
}

/** Counts one try at the slot with this lookup. @returns null, and writes nothing, for no slot */
export async function countTry(
  db: Database,
  lookupHash: Bytes,
  today: string,
): Promise<TriedSlot | null> {
  const [rows] = await readTogether(db, [
    sql`UPDATE slots SET tries_day = ${today},
        tries = CASE tries_day WHEN ${today} THEN tries + 1 ELSE 1 END
      WHERE lookup_hash = ${lookupHash} RETURNING person, proof_hash, tries`,
  ])
  const row = rows?.[0]
  if (!row) return null
  return {
    person: bytesFrom(row['person']),
    proofHash: bytesFrom(row['proof_hash']),
    tries: Number(row['tries']),
  }
}
