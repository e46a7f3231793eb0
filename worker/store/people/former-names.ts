// Stores the names of people who have left, for as long as a case contains a row that they signed.
// The name is in cleartext until a reader's browser seals it, because an admin may lack the team
// key.
import { sql, type SQL } from 'drizzle-orm'
import type { Bytes } from '#protocol/bytes'
import { bytesFrom, readTogether, runTogether, type Database } from '../database.ts'

/** True for a person who has signed a row in the log of a case that still exists. */
const hasRows = (person: SQL): SQL =>
  sql`EXISTS (SELECT 1 FROM case_log JOIN reports ON reports.id = case_log.case_id
    WHERE case_log.actor = ${person})`

/** Builds the statement that stores the name of a person who is about to be deleted. */
export const keepName = (id: Bytes, isDeleted: SQL): SQL =>
  sql`INSERT INTO former_names (person, name, salt)
    SELECT id, name, name_salt FROM people
      WHERE id = ${id} AND ${isDeleted} AND ${hasRows(sql`people.id`)}`

export interface StoredFormerName {
  person: Bytes
  /** null after the name has been sealed */
  plain: { name: string; salt: Bytes } | null
  generation: number | null
  sealed: Bytes | null
  holders: Bytes[]
}

/** Lists all names of people who left, with the caseworkers who have copies. */
export async function listFormerNames(db: Database): Promise<StoredFormerName[]> {
  const [names = [], copies = []] = await readTogether(db, [
    sql`SELECT * FROM former_names ORDER BY person`,
    sql`SELECT former, person FROM name_copies ORDER BY former, person`,
  ])
  const holders = Map.groupBy(copies, ({ former }) => bytesFrom(former).join())
  return names.map(({ person, name, salt, generation, sealed }) => ({
    person: bytesFrom(person),
    plain: name === null ? null : { name: textFrom(name), salt: bytesFrom(salt) },
    generation: generation === null ? null : Number(generation),
    sealed: sealed === null ? null : bytesFrom(sealed),
    holders: (holders.get(bytesFrom(person).join()) ?? []).map((copy) => bytesFrom(copy['person'])),
  }))
}

/** Lists the copies that a caseworker can open. */
export async function listNameCopies(
  db: Database,
  holder: Bytes,
): Promise<{ person: Bytes; sealed: Bytes }[]> {
  const [rows = []] = await readTogether(db, [
    sql`SELECT former, sealed FROM name_copies WHERE person = ${holder} ORDER BY former`,
  ])
  return rows.map(({ former, sealed }) => ({
    person: bytesFrom(former),
    sealed: bytesFrom(sealed),
  }))
}

export interface NewFormerName {
  generation: number
  sealed: Bytes
  copies: readonly { person: Bytes; sealed: Bytes }[]
}

/**
 * Replaces the stored form of a name, and its copies.
 *
 * @returns false for an unknown name, and for a generation that is not the newest
 */
export async function sealStoredName(
  db: Database,
  person: Bytes,
  { generation, sealed, copies }: NewFormerName,
): Promise<boolean> {
  const isSealed = sql`EXISTS
    (SELECT 1 FROM former_names WHERE person = ${person} AND sealed = ${sealed})`
  const [changed] = await runTogether(db, [
    sql`UPDATE former_names SET name = NULL, salt = NULL, generation = ${generation},
        sealed = ${sealed}
      WHERE person = ${person} AND ${generation} = (SELECT MAX(generation) FROM teams) RETURNING 1`,
    sql`DELETE FROM name_copies WHERE former = ${person} AND ${isSealed}`,
    ...copies.map(
      (copy) => sql`INSERT INTO name_copies (former, person, sealed)
        SELECT ${person}, id, ${copy.sealed} FROM people
          WHERE id = ${copy.person} AND roles LIKE '%"caseworker"%' AND ${isSealed}`,
    ),
  ])
  return changed === 1
}

/** Counts the names that only this generation of the team key opens. */
export async function countNamesUnder(db: Database, generation: number): Promise<number> {
  const [rows = []] = await readTogether(db, [
    sql`SELECT count(*) AS total FROM former_names WHERE generation = ${generation}`,
  ])
  return Number(rows[0]?.['total'])
}

/** Deletes the name of each person who signed no row of any case that is still stored. */
export const dropSpentNames = (db: Database): Promise<unknown> =>
  runTogether(db, [sql`DELETE FROM former_names WHERE NOT ${hasRows(sql`former_names.person`)}`])

/** Guarantee: SQLite stores a string in a text column of a strict table. */
const textFrom = (stored: unknown): string => stored as string
