// Reads the staff with their public keys, slots and sealed intake keys, and confirms newcomers.
import { asc, eq, sql, type SQL } from 'drizzle-orm'
import * as z from 'zod/mini'
import { toB64, type Bytes } from '#protocol/bytes'
import { Role } from '#protocol/staff/fields'
import type { OwnSlot } from '#protocol/staff/slots'
import type { SealedIntake, SealedTeam } from '#protocol/staff/sealed-keys'
import { type ChainEntry, type ChainStep, changeWithRow, changeWithRows } from './chains.ts'
import type { Database } from './database.ts'
import { intakeKeys, teamKeys } from './schema-keys.ts'
import { people } from './schema-people.ts'
import { ownSlotFrom, selectSlots } from './slots.ts'

const Roles = z.array(Role)

export const rolesFrom = (stored: string): Role[] => Roles.parse(JSON.parse(stored))

export interface Person {
  id: Bytes
  name: string
  /** empty while the person waits */
  roles: Role[]
  /** the roles that a confirmation gives */
  offered: Role[]
  hpkePublic: Bytes
  signPublic: Bytes
  sealedPrivate: Bytes
}

/** Everything that a person's device needs to unlock the keys. */
export interface UnlockMaterial {
  person: Person
  slots: OwnSlot[]
  intake: SealedIntake[]
  team: SealedTeam[]
}

export async function findUnlockMaterial(db: Database, id: Bytes): Promise<UnlockMaterial | null> {
  const [[person], ownSlots, ownIntake, ownTeam] = await db.batch([
    db.select().from(people).where(eq(people.id, id)),
    selectSlots(db, id),
    db.select().from(intakeKeys).where(eq(intakeKeys.person, id)).orderBy(asc(intakeKeys.epoch)),
    db.select().from(teamKeys).where(eq(teamKeys.person, id)).orderBy(asc(teamKeys.generation)),
  ])
  if (!person) return null
  return {
    person: { ...person, roles: rolesFrom(person.roles), offered: rolesFrom(person.offered) },
    slots: ownSlots.map(ownSlotFrom),
    intake: ownIntake.map(({ epoch, sealed }) => ({ epoch, sealed: toB64(sealed) })),
    team: ownTeam.map(({ generation, sealed }) => ({ generation, sealed: toB64(sealed) })),
  }
}

/** Lists the ids and names of everybody, newcomers included. */
export const listNames = (db: Database): Promise<{ id: Bytes; name: string }[]> =>
  db.select({ id: people.id, name: people.name }).from(people).orderBy(asc(people.name))

/** The keys of a newcomer, and the roles that the invitation offers. */
export const findNewcomer = async (
  db: Database,
  id: Bytes,
): Promise<Pick<Person, 'signPublic' | 'hpkePublic' | 'offered'> | null> => {
  const found = await db
    .select({
      signPublic: people.signPublic,
      hpkePublic: people.hpkePublic,
      offered: people.offered,
    })
    .from(people)
    .where(sql`${people.id} = ${id} AND ${people.roles} = '[]'`)
    .get()
  return found ? { ...found, offered: rolesFrom(found.offered) } : null
}

/** The keys that a confirmation seals to a newcomer. */
export interface NewcomerKeys {
  intake: { epoch: number; sealed: Bytes }[]
  team: { generation: number; sealed: Bytes }[]
}

/** Gives a waiting person the offered roles and the sealed keys; changes nobody else. */
const confirmationOf = (
  id: Bytes,
  { intake, team }: NewcomerKeys,
  entry: ChainEntry,
): ChainStep => ({
  entry,
  change: [sql`UPDATE people SET roles = offered WHERE id = ${id} AND roles = '[]' RETURNING 1`],
  after: [
    ...intake.map(
      ({ epoch, sealed }): SQL => sql`INSERT INTO intake_keys (person, epoch, sealed)
        SELECT id, ${epoch}, ${sealed} FROM people WHERE id = ${id} AND roles <> '[]'`,
    ),
    ...team.map(
      ({ generation, sealed }): SQL => sql`INSERT INTO team_keys (person, generation, sealed)
        SELECT id, ${generation}, ${sealed} FROM people WHERE id = ${id} AND roles <> '[]'`,
    ),
  ],
})

/** @returns false when nobody with this id waits */
export const confirmNewcomer = (
  db: Database,
  id: Bytes,
  keys: NewcomerKeys,
  entry: ChainEntry,
): Promise<boolean> => changeWithRows(db, [confirmationOf(id, keys, entry)])

/** The root's certificate that makes a reader a keeper. */
export interface KeeperChange {
  /** in days since 1970, UTC */
  lastDay: number
  entry: ChainEntry
}

/** Confirms the first member and makes them a keeper. @returns false when nobody waits */
export const confirmFirstMember = (
  db: Database,
  id: Bytes,
  keys: NewcomerKeys,
  entry: ChainEntry,
  keeper: KeeperChange,
): Promise<boolean> =>
  changeWithRows(db, [
    confirmationOf(id, keys, entry),
    { entry: keeper.entry, change: [keeperUpdate(id, keeper)], after: [] },
  ])

/** Makes a reader a keeper, or replaces the certificate. @returns false for nobody */
export const setKeeper = (db: Database, id: Bytes, keeper: KeeperChange): Promise<boolean> =>
  changeWithRow(db, keeper.entry, [keeperUpdate(id, keeper)])

const keeperUpdate = (id: Bytes, { lastDay }: KeeperChange): SQL =>
  sql`UPDATE people SET keeper_last_day = ${lastDay}
    WHERE id = ${id} AND roles LIKE '%"intake"%' RETURNING 1`

/** The keys of a confirmed person. */
export const findColleague = async (
  db: Database,
  id: Bytes,
): Promise<(Pick<Person, 'signPublic' | 'hpkePublic'> & { isLastKeeper: boolean }) | null> =>
  (await db
    .select({
      signPublic: people.signPublic,
      hpkePublic: people.hpkePublic,
      isLastKeeper: sql<number>`keeper_last_day IS NOT NULL AND 1 =
        (SELECT count(*) FROM people AS keepers WHERE keepers.keeper_last_day IS NOT NULL)`.mapWith(
        Boolean,
      ),
    })
    .from(people)
    .where(sql`${people.id} = ${id} AND ${people.roles} <> '[]'`)
    .get()) ?? null

/** Builds the condition that somebody else reads reports. */
export const isReaderBeside = (id: Bytes): SQL =>
  sql`EXISTS
    (SELECT 1 FROM people AS other WHERE other.id <> ${id} AND other.roles LIKE '%"intake"%')`

/**
 * Deletes a confirmed person with credentials, slots, sealed keys, sessions and open invitations.
 *
 * @returns false, and deletes nothing, when nobody else reads reports
 */
export const deleteColleague = (db: Database, id: Bytes, entry: ChainEntry): Promise<boolean> =>
  changeWithRow(
    db,
    entry,
    [
      sql`DELETE FROM people
        WHERE id = ${id} AND roles <> '[]' AND ${isReaderBeside(id)} RETURNING 1`,
    ],
    [
      sql`DELETE FROM invitations WHERE created_by = ${id}
        AND NOT EXISTS (SELECT 1 FROM people WHERE id = ${id})`,
    ],
  )

/** Deletes a waiting person with credentials, slots and sessions. @returns false for nobody */
export const deleteNewcomer = (db: Database, id: Bytes, entry: ChainEntry): Promise<boolean> =>
  changeWithRow(db, entry, [sql`DELETE FROM people WHERE id = ${id} AND roles = '[]' RETURNING 1`])
