// Reads everything that a person's device needs to unlock the keys.
import { asc, eq, sql } from 'drizzle-orm'
import { toB64, type Bytes } from '#protocol/bytes'
import type { OwnSlot } from '#protocol/staff/people/slots'
import type { OwnIntake, SealedTeam } from '#protocol/staff/people/sealed-keys'
import type { Database } from '../database.ts'
import { rolesFrom, type Person } from './people.ts'
import { epochs, intakeKeys, teamKeys } from '../schema/keys.ts'
import { people, slots } from '../schema/people.ts'

/** The material that a person's device needs to unlock the keys. */
export interface UnlockMaterial {
  person: Person
  slots: OwnSlot[]
  intake: OwnIntake[]
  team: SealedTeam[]
}

export async function findUnlockMaterial(db: Database, id: Bytes): Promise<UnlockMaterial | null> {
  const [[person], ownSlots, ownIntake, ownTeam] = await db.batch([
    db.select().from(people).where(eq(people.id, id)),
    selectSlots(db, id),
    db
      .select({
        epoch: intakeKeys.epoch,
        sealed: intakeKeys.sealed,
        hybridKey: epochs.hybridKey,
      })
      .from(intakeKeys)
      .innerJoin(epochs, eq(epochs.epoch, intakeKeys.epoch))
      .where(eq(intakeKeys.person, id))
      .orderBy(asc(intakeKeys.epoch)),
    db.select().from(teamKeys).where(eq(teamKeys.person, id)).orderBy(asc(teamKeys.generation)),
  ])
  if (!person) return null
  return {
    person: { ...person, roles: rolesFrom(person.roles), offered: rolesFrom(person.offered) },
    slots: ownSlots.map(ownSlotFrom),
    intake: ownIntake.map(({ epoch, sealed, hybridKey }) => ({
      ...{ epoch, sealed: toB64(sealed) },
      hybridKey: toB64(hybridKey),
    })),
    team: ownTeam.map(({ generation, sealed }) => ({ generation, sealed: toB64(sealed) })),
  }
}

/** Builds the query for a person's slots, in the order in which the person added them. */
export const selectSlots = (db: Database, person: Bytes) =>
  db
    .select()
    .from(slots)
    .where(eq(slots.person, person))
    .orderBy(asc(slots.addedDay), sql`rowid`)

export const ownSlotFrom = (slot: typeof slots.$inferSelect): OwnSlot => ({
  id: toB64(slot.id),
  kind: slot.kind,
  credentialId: slot.credentialId && toB64(slot.credentialId),
  salt: toB64(slot.salt),
  memoryKib: slot.memoryKib,
  passes: slot.passes,
  sealedMaster: toB64(slot.sealedMaster),
  name: slot.name,
  addedDay: slot.addedDay,
  triedDay: slot.triedDay,
})
