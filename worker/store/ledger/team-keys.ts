// Stores the generations of the team key: a sealed copy for each reader, and one for recovery.
import { asc, sql, type SQL } from 'drizzle-orm'
import type { Bytes } from '#protocol/bytes'
import { changeWithRow, type ChainEntry } from './chains.ts'
import type { Database } from '../database.ts'
import { teams } from '../schema/keys.ts'
import { people } from '../schema/people.ts'

export interface NewTeam {
  generation: number
  sealedForRecovery: Bytes
  copies: { person: Bytes; sealed: Bytes }[]
}

/** Lists the generations that have not ended, oldest first. */
export const listGenerations = async (db: Database): Promise<number[]> =>
  (
    await db.select({ generation: teams.generation }).from(teams).orderBy(asc(teams.generation))
  ).map(({ generation }) => generation)

/** Lists the ids of all people who can read reports. */
export const listReaders = async (db: Database): Promise<Bytes[]> =>
  (
    await db
      .select({ id: people.id })
      .from(people)
      .where(sql`${people.roles} LIKE '%"intake"%'`)
  ).map(({ id }) => id)

/** Stores the generation after the newest. @returns false when the number is not the next one */
export const insertTeam = (
  db: Database,
  { generation, sealedForRecovery, copies }: NewTeam,
  entry: ChainEntry,
): Promise<boolean> =>
  changeWithRow(
    db,
    entry,
    [
      sql`INSERT INTO teams (generation, sealed_for_recovery)
        SELECT ${generation}, ${sealedForRecovery}
        WHERE ${generation} = 1 + (SELECT COALESCE(MAX(generation), 0) FROM teams) RETURNING 1`,
    ],
    copies.map(
      ({ person, sealed }): SQL => sql`INSERT INTO team_keys (person, generation, sealed)
        SELECT ${person}, generation, ${sealed} FROM teams
        WHERE generation = ${generation} AND sealed_for_recovery = ${sealedForRecovery}`,
    ),
  )

/**
 * Deletes all copies of an older generation.
 *
 * @returns false if there is no newer generation. Also false while this one seals a former name,
 *   a receiver or a case key that is not lost
 */
export const deleteTeam = (db: Database, generation: number, entry: ChainEntry): Promise<boolean> =>
  changeWithRow(
    db,
    entry,
    [
      sql`DELETE FROM teams WHERE generation = ${generation}
        AND generation < (SELECT MAX(generation) FROM teams)
        AND NOT EXISTS (SELECT 1 FROM case_keys WHERE generation = ${generation} AND NOT is_lost)
        AND NOT EXISTS (SELECT 1 FROM former_names WHERE generation = ${generation})
        AND NOT EXISTS (SELECT 1 FROM receivers WHERE generation = ${generation})
        RETURNING 1`,
    ],
    [sql`DELETE FROM team_keys WHERE generation NOT IN (SELECT generation FROM teams)`],
  )
