// Stores invitations, and converts an invitation into a person in one transaction.
import { eq, sql } from 'drizzle-orm'
import type { Bytes } from '#protocol/bytes'
import { rowHash } from '#protocol/staff/chain'
import type { Role } from '#protocol/staff/fields'
import { changeWithRow, type ChainEntry } from '../ledger/chains.ts'
import type { Database } from '../database.ts'
import { rolesFrom, type Person } from './people.ts'
import { invitations } from '../schema/sessions.ts'
import { insertCredential, type Credential } from './credentials.ts'
import { insertSlot, type StoredSlot } from './slots.ts'
import { insertSession, type Session } from './sessions.ts'

export interface Invitation {
  tokenHash: Bytes
  roles: Role[]
  /** milliseconds since 1970 */
  expiresAt: number
  /**
   * id of the person who sent the invitation; null for the first invitation, which `npm run org`
   * creates
   */
  createdBy: Bytes | null
  /** hash of the `invitation.create` row */
  rowHash: Bytes
}

/** All rows that an accepted invitation creates. */
export interface Newcomer {
  person: Omit<Person, 'roles'>
  credential: Credential
  slots: StoredSlot[]
  session: Session
}

export async function findInvitation(db: Database, tokenHash: Bytes): Promise<Invitation | null> {
  const found = await db
    .select()
    .from(invitations)
    .where(eq(invitations.tokenHash, tokenHash))
    .get()
  if (!found) return null
  return { ...found, roles: rolesFrom(found.roles) }
}

/** Stores an invitation. Returns false when its token already exists. */
export const insertInvitation = async (
  db: Database,
  { tokenHash, roles, expiresAt, createdBy }: Omit<Invitation, 'rowHash'>,
  entry: ChainEntry,
): Promise<boolean> =>
  changeWithRow(db, entry, [
    sql`INSERT INTO invitations (token_hash, roles, expires_at, created_by, row_hash)
      VALUES (${tokenHash}, ${JSON.stringify(roles)}, ${expiresAt}, ${createdBy},
        ${await rowHash(entry.prev, entry)})
      ON CONFLICT (token_hash) DO NOTHING RETURNING 1`,
  ])

/** Deletes an invitation. Returns false when it is unknown or used. */
export const deleteInvitation = (
  db: Database,
  tokenHash: Bytes,
  entry: ChainEntry,
): Promise<boolean> =>
  changeWithRow(db, entry, [
    sql`DELETE FROM invitations WHERE token_hash = ${tokenHash} RETURNING 1`,
  ])

/**
 * Converts an invitation into a person, who waits without a role until a colleague confirms them.
 *
 * @returns false, and stores nothing, when the invitation is unknown, used or expired
 */
export function acceptInvitation(
  db: Database,
  { tokenHash, now }: { tokenHash: Bytes; now: number },
  { person, credential, slots, session }: Newcomer,
  entry: ChainEntry,
): Promise<boolean> {
  const { id } = person
  return changeWithRow(
    db,
    entry,
    [
      sql`DELETE FROM invitations
        WHERE token_hash = ${tokenHash} AND expires_at > ${now} RETURNING 1`,
      sql`INSERT INTO people
          (id, name, name_salt, roles, offered, hpke_public, sign_public, sealed_private)
        SELECT ${id}, ${person.name}, ${person.nameSalt}, '[]', ${JSON.stringify(person.offered)},
          ${person.hpkePublic}, ${person.signPublic}, ${person.sealedPrivate}
        WHERE changes() = 1 RETURNING 1`,
    ],
    [
      insertCredential(credential, sql`TRUE`),
      ...slots.map((slot) => insertSlot(slot, id, sql`TRUE`)),
      insertSession(session),
    ],
  )
}
