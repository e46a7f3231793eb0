// Lists and ends the sessions of one person, and stores proofs of presence.
import { and, desc, eq, gt, sql } from 'drizzle-orm'
import type { Bytes } from '#protocol/bytes'
import { runTogether, type Database } from '../database.ts'
import { noteTry } from './paper-slots.ts'
import { sessions } from '../schema/sessions.ts'
import { spendChallenge } from './challenge-key.ts'
import { notePasskey, type PasskeyUse } from './credentials.ts'

/** Maximum number of sessions listed, which is more than a person can look through. */
const LISTED = 50

export const listSessions = (db: Database, person: Bytes, now: number) =>
  db
    .select({ id: sessions.id, beganBy: sessions.beganBy, beganAt: sessions.beganAt })
    .from(sessions)
    .where(and(eq(sessions.person, person), gt(sessions.expiresAt, now)))
    .orderBy(desc(sessions.beganAt))
    .limit(LISTED)

export async function deleteOwnSession(db: Database, person: Bytes, id: Bytes): Promise<void> {
  await db.delete(sessions).where(and(eq(sessions.id, id), eq(sessions.person, person)))
}

export async function deleteOtherSessions(db: Database, person: Bytes, own: Bytes): Promise<void> {
  await runTogether(db, [sql`DELETE FROM sessions WHERE person = ${person} AND id <> ${own}`])
}

export interface Proof {
  /** session id */
  session: Bytes
  /** milliseconds since 1970 */
  at: number
}

/**
 * Spends the challenge and renews the proof of presence. Returns false when the challenge was
 * already spent.
 */
export async function renewByPasskey(
  db: Database,
  challenge: { id: Bytes; expiresAt: number },
  { session, at }: Proof,
  passkey: PasskeyUse,
): Promise<boolean> {
  const [spent] = await runTogether(db, [
    spendChallenge(challenge),
    sql`UPDATE sessions SET proven_at = ${at} WHERE id = ${session} AND changes() = 1`,
    ...notePasskey(passkey),
  ])
  return spent === 1
}

/** Stores a new proof of presence that was made with a paper slot. */
export async function renewByPaper(
  db: Database,
  { session, at }: Proof,
  paper: { id: Bytes; today: string },
): Promise<void> {
  await runTogether(db, [
    sql`UPDATE sessions SET proven_at = ${at} WHERE id = ${session}`,
    noteTry(paper),
  ])
}
