// Reads the staff with their public keys, slots and sealed intake keys.
import { asc, eq } from 'drizzle-orm'
import * as z from 'zod/mini'
import { toB64, type Bytes } from '#protocol/bytes'
import { Role, type SealedIntake, type Slot } from '#protocol/staff/people'
import type { Database } from './database.ts'
import { intakeKeys, people, slots } from './schema-people.ts'

const Roles = z.array(Role)

export const rolesFrom = (stored: string): Role[] => Roles.parse(JSON.parse(stored))

export interface Person {
  id: Bytes
  name: string
  roles: Role[]
  hpkePublic: Bytes
  signPublic: Bytes
  sealedPrivate: Bytes
}

/** Everything that a person's device needs to unlock the keys. */
export interface UnlockMaterial {
  person: Person
  slots: Slot[]
  intake: SealedIntake[]
}

export async function findUnlockMaterial(db: Database, id: Bytes): Promise<UnlockMaterial | null> {
  const [[person], ownSlots, ownIntake] = await db.batch([
    db.select().from(people).where(eq(people.id, id)),
    db.select().from(slots).where(eq(slots.person, id)).orderBy(asc(slots.id)),
    db.select().from(intakeKeys).where(eq(intakeKeys.person, id)).orderBy(asc(intakeKeys.epoch)),
  ])
  if (!person) return null
  return {
    person: { ...person, roles: rolesFrom(person.roles) },
    slots: ownSlots.map((slot) => ({
      id: toB64(slot.id),
      kind: slot.kind,
      credentialId: slot.credentialId && toB64(slot.credentialId),
      salt: toB64(slot.salt),
      memoryKib: slot.memoryKib,
      passes: slot.passes,
      sealedMaster: toB64(slot.sealedMaster),
    })),
    intake: ownIntake.map(({ epoch, sealed }) => ({ epoch, sealed: toB64(sealed) })),
  }
}

/** Maps the base64url of each person's id to the person's public signing key. */
export async function listSignKeys(db: Database): Promise<Map<string, Bytes>> {
  const rows = await db.select({ id: people.id, key: people.signPublic }).from(people)
  return new Map(rows.map(({ id, key }) => [toB64(id), key]))
}
