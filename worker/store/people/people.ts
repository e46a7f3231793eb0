// Reads the staff with their public keys, renames a person, makes a person a keeper, and deletes a
// person.
import { asc, sql, type SQL } from 'drizzle-orm'
import * as z from 'zod/mini'
import type { Bytes } from '#protocol/bytes'
import { Role } from '#protocol/staff/fields'
import { type ChainEntry, changeWithRow } from '../ledger/chains.ts'
import type { Database } from '../database.ts'
import { people } from '../schema/people.ts'
import { keepName } from './former-names.ts'

const Roles = z.array(Role)

/** True for the roles of somebody who can read reports, and who therefore has the team key. */
export const holdsTeamKey = (roles: SQL): SQL =>
  sql`EXISTS (SELECT 1 FROM json_each(${roles}) WHERE value = 'intake')`

export const rolesFrom = (stored: string): Role[] => Roles.parse(JSON.parse(stored))

export interface Person {
  id: Bytes
  name: string
  nameSalt: Bytes
  /** empty while the person waits */
  roles: Role[]
  /** the roles that a confirmation grants */
  offered: Role[]
  hpkePublic: Bytes
  signPublic: Bytes
  sealedPrivate: Bytes
}

/** Lists the ids and names of all people, including newcomers. */
export const listNames = (db: Database): Promise<{ id: Bytes; name: string; salt: Bytes }[]> =>
  db
    .select({ id: people.id, name: people.name, salt: people.nameSalt })
    .from(people)
    .orderBy(asc(people.name))

/** Changes the name of a confirmed person. @returns false when no such person has this id */
export const setName = (
  db: Database,
  id: Bytes,
  { name, salt }: { name: string; salt: Bytes },
  entry: ChainEntry,
): Promise<boolean> =>
  changeWithRow(db, entry, [
    sql`UPDATE people SET name = ${name}, name_salt = ${salt}
      WHERE id = ${id} AND roles <> '[]' RETURNING 1`,
  ])

/** The root's certificate that makes a reader a keeper. */
export interface KeeperChange {
  /** in days since 1970, UTC */
  lastDay: number
  entry: ChainEntry
}

/**
 * Makes a reader a keeper, or replaces the certificate.
 *
 * @returns false when no reader has this id
 */
export const setKeeper = (db: Database, id: Bytes, keeper: KeeperChange): Promise<boolean> =>
  changeWithRow(db, keeper.entry, [keeperUpdate(id, keeper)])

export const keeperUpdate = (id: Bytes, { lastDay }: KeeperChange): SQL =>
  sql`UPDATE people SET keeper_last_day = ${lastDay}
    WHERE id = ${id} AND roles LIKE '%"intake"%' RETURNING 1`

/** Finds the keys of a confirmed person, and whether they are the only keeper. */
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

/** Builds the condition that somebody else can read reports. */
export const isReaderBeside = (id: Bytes): SQL =>
  sql`EXISTS
    (SELECT 1 FROM people AS other WHERE other.id <> ${id} AND other.roles LIKE '%"intake"%')`

/**
 * Deletes a confirmed person with their credentials, slots, sealed keys, sessions and open
 * invitations. Stores the name as keepName describes.
 *
 * @returns false, and deletes nothing, when no other person can read reports
 */
export const deleteColleague = (db: Database, id: Bytes, entry: ChainEntry): Promise<boolean> =>
  changeWithRow(
    db,
    entry,
    [
      keepName(id, sql`roles <> '[]' AND ${isReaderBeside(id)}`),
      sql`DELETE FROM people
        WHERE id = ${id} AND roles <> '[]' AND ${isReaderBeside(id)} RETURNING 1`,
    ],
    [
      sql`DELETE FROM invitations WHERE created_by = ${id}
        AND NOT EXISTS (SELECT 1 FROM people WHERE id = ${id})`,
    ],
  )
