// Finds, confirms and deletes newcomers. A confirmation grants the offered roles and the sealed
// keys.
import { sql, type SQL } from 'drizzle-orm'
import type { Bytes } from '#protocol/bytes'
import { type ChainEntry, type ChainStep, changeWithRow, changeWithRows } from '../ledger/chains.ts'
import type { Database } from '../database.ts'
import { keeperUpdate, rolesFrom, type KeeperChange, type Person } from './people.ts'
import { people } from '../schema/people.ts'

/** The name and the keys of a newcomer, and the roles that the invitation offers. */
export const findNewcomer = async (
  db: Database,
  id: Bytes,
): Promise<Pick<Person, 'name' | 'nameSalt' | 'signPublic' | 'hpkePublic' | 'offered'> | null> => {
  const found = await db
    .select({
      name: people.name,
      nameSalt: people.nameSalt,
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

/** Grants a waiting person the offered roles and the sealed keys; does not change other people. */
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

/** @returns false when no person with this id waits */
export const confirmNewcomer = (
  db: Database,
  id: Bytes,
  keys: NewcomerKeys,
  entry: ChainEntry,
): Promise<boolean> => changeWithRows(db, [confirmationOf(id, keys, entry)])

/** Confirms the first member and makes them a keeper. @returns false when no person is waiting */
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

/**
 * Deletes a waiting person with their credentials, slots and sessions.
 *
 * @returns false if there is no such person
 */
export const deleteNewcomer = (db: Database, id: Bytes, entry: ChainEntry): Promise<boolean> =>
  changeWithRow(db, entry, [sql`DELETE FROM people WHERE id = ${id} AND roles = '[]' RETURNING 1`])
