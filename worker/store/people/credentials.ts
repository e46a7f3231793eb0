// Stores passkeys. A passkey belongs to a slot, or is used only to sign in.
import { eq, sql, type SQL } from 'drizzle-orm'
import type { Bytes } from '#protocol/bytes'
import { runTogether, type Database } from '../database.ts'
import { credentials } from '../schema/people.ts'

export interface Credential {
  id: Bytes
  person: Bytes
  /** the handle that the authenticator returns on sign-in */
  userHandle: Bytes
  publicKey: Bytes
  counter: number
}

/**
 * Builds the statement that stores a passkey.
 *
 * @param condition  nothing is stored unless this condition is met
 */
export const insertCredential = (
  { id, person, userHandle, publicKey, counter }: Credential,
  condition: SQL,
): SQL =>
  sql`INSERT INTO credentials (id, person, user_handle, public_key, counter)
    SELECT ${id}, id, ${userHandle}, ${publicKey}, ${counter} FROM people
    WHERE id = ${person} AND ${condition}`

export const findCredential = async (db: Database, id: Bytes): Promise<Credential | null> =>
  (await db.select().from(credentials).where(eq(credentials.id, id)).get()) ?? null

/** Lists the ids of a person's passkeys, with and without a slot. */
export const listCredentialIds = async (db: Database, person: Bytes): Promise<Bytes[]> =>
  (
    await db.select({ id: credentials.id }).from(credentials).where(eq(credentials.person, person))
  ).map(({ id }) => id)

/** Deletes a passkey that has no slot. Returns false when the person has no such passkey. */
export const deleteSignInOnly = async (db: Database, person: Bytes, id: Bytes): Promise<boolean> =>
  (await runTogether(db, [deleteCredential(person, id)]))[0] === 1

// Does not delete a passkey that still has a slot.
export const deleteCredential = (person: Bytes, id: Bytes): SQL =>
  sql`DELETE FROM credentials WHERE id = ${id} AND person = ${person}
    AND NOT EXISTS (SELECT 1 FROM slots WHERE person = ${person} AND credential_id = ${id})
    RETURNING 1`

export interface PasskeyUse {
  id: Bytes
  /** the passkey's new counter */
  counter: number
  /** the UTC day of the use */
  today: string
}

/**
 * Builds the statements that store the passkey's counter and the day of its use. The statements
 * change nothing unless the previous statement changed a row.
 */
export const notePasskey = ({ id, counter, today }: PasskeyUse): SQL[] => [
  sql`UPDATE credentials SET counter = ${counter} WHERE id = ${id} AND changes() = 1`,
  sql`UPDATE slots SET tried_day = ${today} WHERE credential_id = ${id} AND changes() = 1
    AND person = (SELECT person FROM credentials WHERE id = ${id})`,
]
