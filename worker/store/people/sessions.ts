// Stores sessions. The database contains only the hash of a session's token.
import { and, eq, gt, lte, sql, type SQL } from 'drizzle-orm'
import type { Bytes } from '#protocol/bytes'
import type { Role } from '#protocol/staff/fields'
import { isClockSure, noteRun } from '../chore-clock.ts'
import { notePasskey, type PasskeyUse } from './credentials.ts'
import type { Database } from '../database.ts'
import { readTogether, runTogether } from '../database.ts'
import { rolesFrom } from './people.ts'
import { spendChallenge } from './challenge-key.ts'
import { people } from '../schema/people.ts'
import { sessions, spentChallenges } from '../schema/sessions.ts'

export interface Session {
  tokenHash: Bytes
  /** random; identifies the session to its owner */
  id: Bytes
  person: Bytes
  beganBy: 'passkey' | 'paper'
  /** milliseconds since 1970, as in the next two fields */
  beganAt: number
  provenAt: number
  expiresAt: number
}

export interface SignedInPerson {
  id: Bytes
  roles: Role[]
  signPublic: Bytes
  session: { id: Bytes; provenAt: number }
  keeperLastDay: number | null
}

/**
 * Builds the statement that stores a session.
 *
 * @param condition  nothing is stored unless this condition is met
 */
export const insertSession = (session: Session, condition = sql`TRUE`): SQL =>
  sql`INSERT INTO sessions
      (token_hash, id, person, began_by, began_at, proven_at, expires_at)
    SELECT ${session.tokenHash}, ${session.id}, id, ${session.beganBy}, ${session.beganAt},
      ${session.provenAt}, ${session.expiresAt}
    FROM people WHERE id = ${session.person} AND ${condition} RETURNING 1`

/**
 * Spends the challenge, starts the session and records the use of the passkey.
 *
 * @returns false, and stores nothing, when the challenge was already spent
 */
export async function openSession(
  db: Database,
  challenge: { id: Bytes; expiresAt: number },
  session: Session,
  passkey: PasskeyUse,
): Promise<boolean> {
  const [spent] = await runTogether(db, [
    spendChallenge(challenge),
    insertSession(session, sql`changes() = 1`),
    ...notePasskey(passkey),
  ])
  return spent === 1
}

export async function findSession(
  db: Database,
  tokenHash: Bytes,
  now: number,
): Promise<SignedInPerson | null> {
  const found = await db
    .select({
      id: people.id,
      roles: people.roles,
      signPublic: people.signPublic,
      keeperLastDay: people.keeperLastDay,
      // An alias, because both tables have a column `id`.
      session: {
        id: sql<Bytes>`${sessions.id}`.mapWith(sessions.id).as('session_id'),
        provenAt: sessions.provenAt,
      },
    })
    .from(sessions)
    .innerJoin(people, eq(people.id, sessions.person))
    .where(and(eq(sessions.tokenHash, tokenHash), gt(sessions.expiresAt, now)))
    .get()
  return found ? { ...found, roles: rolesFrom(found.roles) } : null
}

export async function deleteSession(db: Database, tokenHash: Bytes): Promise<void> {
  await db.delete(sessions).where(eq(sessions.tokenHash, tokenHash))
}

/**
 * Records a run of the clock. Deletes expired rows unless the clock is in doubt, and runs a query
 * in the same batch.
 *
 * @returns the rows of the query, or false while the clock is in doubt: see noteRun
 */
export async function deleteExpired(
  db: Database,
  now: number,
  query: SQL,
): Promise<{ isSure: boolean; rows: Record<string, unknown>[] }> {
  const isSure = isClockSure(now)
  const [noted, rows] = await readTogether(db, [
    noteRun(now),
    query,
    db
      .delete(sessions)
      .where(and(lte(sessions.expiresAt, now), isSure))
      .getSQL(),
    db
      .delete(spentChallenges)
      .where(and(lte(spentChallenges.expiresAt, now), isSure))
      .getSQL(),
    sql`DELETE FROM invitations WHERE expires_at <= ${now} AND ${isSure}`,
  ])
  return { isSure: noted?.[0]?.['is_sure'] === 1, rows: rows ?? [] }
}
