// Stores passkeys and sessions. The database has only the hash of a session's token.
import { and, eq, gt, lte, sql, type SQL } from 'drizzle-orm'
import type { Bytes } from '#protocol/bytes'
import type { Role } from '#protocol/staff/fields'
import type { Database } from './database.ts'
import { readTogether, runTogether } from './database.ts'
import { rolesFrom } from './people.ts'
import { spendChallenge } from './challenge-key.ts'
import { credentials, people, sessions, spentChallenges } from './schema-people.ts'

export interface Credential {
  id: Bytes
  person: Bytes
  publicKey: Bytes
  counter: number
}

export interface Session {
  tokenHash: Bytes
  person: Bytes
  expiresAt: number
}

export interface SignedInPerson {
  id: Bytes
  roles: Role[]
  signPublic: Bytes
  keeperLastDay: number | null
}

export const findCredential = async (db: Database, id: Bytes): Promise<Credential | null> =>
  (await db.select().from(credentials).where(eq(credentials.id, id)).get()) ?? null

export const insertSession = ({ tokenHash, person, expiresAt }: Session): SQL =>
  sql`INSERT INTO sessions (token_hash, person, expires_at)
    SELECT ${tokenHash}, id, ${expiresAt} FROM people WHERE id = ${person} RETURNING 1`

/** Stores a session. */
export const storeSession = async (db: Database, session: Session): Promise<void> => {
  await runTogether(db, [insertSession(session)])
}

/**
 * Spends the challenge, starts the session and stores the passkey's new counter.
 *
 * @returns false, and stores nothing, when the challenge was spent before
 */
export async function openSession(
  db: Database,
  challenge: { id: Bytes; expiresAt: number },
  { tokenHash, person, expiresAt }: Session,
  passkey: { id: Bytes; counter: number },
): Promise<boolean> {
  const [spent] = await runTogether(db, [
    spendChallenge(challenge),
    sql`INSERT INTO sessions (token_hash, person, expires_at)
      SELECT ${tokenHash}, id, ${expiresAt} FROM people WHERE id = ${person} AND changes() = 1`,
    sql`UPDATE credentials SET counter = ${passkey.counter}
      WHERE id = ${passkey.id} AND changes() = 1`,
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
 * Deletes what has expired, and runs a query in the same batch.
 *
 * @returns the rows of the query
 */
export async function deleteExpired(
  db: Database,
  now: number,
  query: SQL,
): Promise<Record<string, unknown>[]> {
  const rows = await readTogether(db, [
    query,
    db.delete(sessions).where(lte(sessions.expiresAt, now)).getSQL(),
    db.delete(spentChallenges).where(lte(spentChallenges.expiresAt, now)).getSQL(),
    sql`DELETE FROM invitations WHERE expires_at <= ${now}`,
  ])
  return rows[0] ?? []
}
