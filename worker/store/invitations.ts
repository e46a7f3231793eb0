// Stores invitations, and turns an invitation into a person in one transaction.
import { eq, sql, type SQL } from 'drizzle-orm'
import * as z from 'zod/mini'
import type { Bytes } from '#protocol/bytes'
import { SealedIntake, type Role } from '#protocol/staff/people'
import { changeWithAudit, type PlacedEntry } from './audit.ts'
import type { Database } from './database.ts'
import { rolesFrom, type Person } from './people.ts'
import { invitations } from './schema-people.ts'
import { insertSession, type Credential, type Session } from './sessions.ts'

const SealedIntakes = z.array(SealedIntake)

export interface Invitation {
  tokenHash: Bytes
  roles: Role[]
  sealedIntake: SealedIntake[]
  /** last UTC day on which the invitation is valid */
  expiresDay: string
  /** id of the person who invited; null for the first invitation, which `npm run org` makes */
  createdBy: Bytes | null
}

export interface NewSlot {
  id: Bytes
  kind: 'prf' | 'passphrase'
  credentialId: Bytes | null
  salt: Bytes
  memoryKib: number
  passes: number
  sealedMaster: Bytes
}

/** All rows that an accepted invitation creates. */
export interface Newcomer {
  person: Person
  credential: Credential
  slots: NewSlot[]
  intake: { epoch: number; sealed: Bytes }[]
  session: Session
}

export async function findInvitation(db: Database, tokenHash: Bytes): Promise<Invitation | null> {
  const found = await db
    .select()
    .from(invitations)
    .where(eq(invitations.tokenHash, tokenHash))
    .get()
  if (!found) return null
  return {
    ...found,
    roles: rolesFrom(found.roles),
    sealedIntake: SealedIntakes.parse(JSON.parse(found.sealedIntake)),
  }
}

/** Stores an invitation. Returns false when its token is taken. */
export const insertInvitation = (
  db: Database,
  { tokenHash, roles, sealedIntake, expiresDay, createdBy }: Invitation,
  entry: PlacedEntry,
): Promise<boolean> =>
  changeWithAudit(db, entry, [
    sql`INSERT INTO invitations (token_hash, roles, sealed_intake, expires_day, created_by)
      VALUES (${tokenHash}, ${JSON.stringify(roles)}, ${JSON.stringify(sealedIntake)},
        ${expiresDay}, ${createdBy})
      ON CONFLICT (token_hash) DO NOTHING RETURNING 1`,
  ])

/**
 * Turns an invitation into a person.
 *
 * @returns false, and stores nothing, when the invitation is unknown, used or expired
 */
export function acceptInvitation(
  db: Database,
  { tokenHash, today }: { tokenHash: Bytes; today: string },
  { person, credential, slots, intake, session }: Newcomer,
  entry: PlacedEntry,
): Promise<boolean> {
  const { id } = person
  return changeWithAudit(
    db,
    entry,
    [
      sql`DELETE FROM invitations
        WHERE token_hash = ${tokenHash} AND expires_day >= ${today} RETURNING 1`,
      sql`INSERT INTO people (id, name, roles, hpke_public, sign_public, sealed_private)
        SELECT ${id}, ${person.name}, ${JSON.stringify(person.roles)}, ${person.hpkePublic},
          ${person.signPublic}, ${person.sealedPrivate}
        WHERE changes() = 1 RETURNING 1`,
    ],
    [
      sql`INSERT INTO credentials (id, person, public_key, counter)
        SELECT ${credential.id}, id, ${credential.publicKey}, ${credential.counter}
        FROM people WHERE id = ${id}`,
      ...slots.map(
        (slot): SQL => sql`
          INSERT INTO slots
            (id, person, kind, credential_id, salt, memory_kib, passes, sealed_master)
          SELECT ${slot.id}, id, ${slot.kind}, ${slot.credentialId}, ${slot.salt},
            ${slot.memoryKib}, ${slot.passes}, ${slot.sealedMaster}
          FROM people WHERE id = ${id}`,
      ),
      ...intake.map(
        ({ epoch, sealed }): SQL => sql`INSERT INTO intake_keys (person, epoch, sealed)
          SELECT id, ${epoch}, ${sealed} FROM people WHERE id = ${id}`,
      ),
      insertSession(session),
    ],
  )
}
