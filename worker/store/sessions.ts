// Passkeys, challenges and sessions. Challenges serve once: reading one deletes it. Of a session's token only the hash is here.
import { and, eq, gt, lte, sql, type SQL } from 'drizzle-orm'
import type { Bytes } from '#protocol/bytes'
import type { Role } from '#protocol/staff'
import type { Database } from './database.ts'
import { runTogether } from './database.ts'
import { rolesFrom } from './people.ts'
import { challenges, credentials, people, sessions } from './schema.ts'

export interface StoredChallenge {
  id: Bytes
  challenge: Bytes
  /** the invitation being accepted; null when signing in */
  tokenHash: Bytes | null
  /** id of the person who is joining; null when signing in */
  person: Bytes | null
  expiresAt: number
}

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
}

export async function insertChallenge(db: Database, challenge: StoredChallenge): Promise<void> {
  await db.insert(challenges).values(challenge)
}

/** Takes a challenge out for good, so that nobody can use it again. Null when there is none, or it was used, or it is too old. */
export async function takeChallenge(
  db: Database,
  id: Bytes,
  now: number,
): Promise<StoredChallenge | null> {
  const [taken] = await db.delete(challenges).where(eq(challenges.id, id)).returning()
  return taken && taken.expiresAt > now ? taken : null
}

export const findCredential = async (db: Database, id: Bytes): Promise<Credential | null> =>
  (await db.select().from(credentials).where(eq(credentials.id, id)).get()) ?? null

export const insertSession = ({ tokenHash, person, expiresAt }: Session): SQL =>
  sql`INSERT INTO sessions (token_hash, person, expires_at)
    SELECT ${tokenHash}, id, ${expiresAt} FROM people WHERE id = ${person} RETURNING 1`

/** Opens a session and keeps the passkey's new counter. */
export async function openSession(
  db: Database,
  session: Session,
  credential: Bytes,
  counter: number,
): Promise<void> {
  await runTogether(db, [
    insertSession(session),
    sql`UPDATE credentials SET counter = ${counter} WHERE id = ${credential}`,
  ])
}

export async function findSession(
  db: Database,
  tokenHash: Bytes,
  now: number,
): Promise<SignedInPerson | null> {
  const found = await db
    .select({ id: people.id, roles: people.roles, signPublic: people.signPublic })
    .from(sessions)
    .innerJoin(people, eq(people.id, sessions.person))
    .where(and(eq(sessions.tokenHash, tokenHash), gt(sessions.expiresAt, now)))
    .get()
  return found ? { ...found, roles: rolesFrom(found.roles) } : null
}

export async function deleteSession(db: Database, tokenHash: Bytes): Promise<void> {
  await db.delete(sessions).where(eq(sessions.tokenHash, tokenHash))
}

export async function deleteExpired(db: Database, now: number, today: string): Promise<void> {
  await runTogether(db, [
    db.delete(sessions).where(lte(sessions.expiresAt, now)).getSQL(),
    db.delete(challenges).where(lte(challenges.expiresAt, now)).getSQL(),
    sql`DELETE FROM invitations WHERE expires_day < ${today}`,
  ])
}
