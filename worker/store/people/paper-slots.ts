// Counts the attempts to sign in with a sheet of paper, and starts paper sessions.
import { sql, type SQL } from 'drizzle-orm'
import type { Bytes } from '#protocol/bytes'
import { bytesFrom, readTogether, runTogether, type Database } from '../database.ts'
import { insertSession, type Session } from './sessions.ts'

export interface TriedSlot {
  id: Bytes
  person: Bytes
  proofHash: Bytes
  /** number of attempts on this day, including the current one */
  tries: number
}

/**
 * Counts one attempt at the slot with this lookup hash.
 *
 * @returns null, and writes nothing, if there is no such slot
 */
export async function countTry(
  db: Database,
  lookupHash: Bytes,
  today: string,
): Promise<TriedSlot | null> {
  const [rows] = await readTogether(db, [
    sql`UPDATE slots SET tries_day = ${today},
        tries = CASE tries_day WHEN ${today} THEN tries + 1 ELSE 1 END
      WHERE lookup_hash = ${lookupHash} RETURNING id, person, proof_hash, tries`,
  ])
  const row = rows?.[0]
  if (!row) return null
  return {
    id: bytesFrom(row['id']),
    person: bytesFrom(row['person']),
    proofHash: bytesFrom(row['proof_hash']),
    tries: Number(row['tries']),
  }
}

/** Builds the statement that records the day of a successful attempt. */
export const noteTry = ({ id, today }: { id: Bytes; today: string }): SQL =>
  sql`UPDATE slots SET tried_day = ${today} WHERE id = ${id}`

/** Stores a session, and the day of the successful attempt. */
export async function openSessionByPaper(
  db: Database,
  session: Session,
  slot: { id: Bytes; today: string },
): Promise<void> {
  await runTogether(db, [insertSession(session), noteTry(slot)])
}
