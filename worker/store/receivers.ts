// Stores the sealed records of receivers. The ledger contains the hashes of the records.
import { asc, ne, sql } from 'drizzle-orm'
import type { Bytes } from '#protocol/bytes'
import { MAX_RECEIVERS } from '#protocol/staff/receivers'
import { changeWithRow, type ChainEntry } from './ledger/chains.ts'
import { runTogether, type Database } from './database.ts'
import { receivers } from './schema/receivers.ts'

/** A record sealed under a generation of the team key. */
export interface ReceiverStep {
  generation: number
  sealed: Bytes
}

const isNewest = (generation: number) => sql`${generation} = (SELECT MAX(generation) FROM teams)`

const othersThan = (id: Bytes) => sql`(SELECT count(*) FROM receivers WHERE id <> ${id})`

/** Returns true while the list has room for this receiver. */
export async function hasRoom(db: Database, id: Bytes): Promise<boolean> {
  const others = await db.$count(receivers, ne(receivers.id, id))
  return others < MAX_RECEIVERS
}

/**
 * Stores the record of a receiver, or replaces it.
 *
 * @returns false for a generation that is not the newest, and when the list has no room for a new
 *   receiver
 */
export const putReceiver = (
  db: Database,
  id: Bytes,
  { generation, sealed }: ReceiverStep,
  entry: ChainEntry,
): Promise<boolean> =>
  changeWithRow(db, entry, [
    sql`INSERT INTO receivers (id, generation, sealed)
      SELECT ${id}, ${generation}, ${sealed} WHERE ${isNewest(generation)}
        AND ${othersThan(id)} < ${MAX_RECEIVERS}
      ON CONFLICT (id) DO UPDATE SET generation = excluded.generation, sealed = excluded.sealed
      RETURNING 1`,
  ])

/** Deletes the record of a receiver. @returns false when there is none */
export const deleteReceiver = (db: Database, id: Bytes, entry: ChainEntry): Promise<boolean> =>
  changeWithRow(db, entry, [sql`DELETE FROM receivers WHERE id = ${id} RETURNING 1`])

/**
 * Replaces the stored form of a record, without a ledger row, because the record itself does not
 * change.
 *
 * @returns false for an unknown receiver, and for a generation that is not the newest
 */
export async function resealReceiver(
  db: Database,
  id: Bytes,
  { generation, sealed }: ReceiverStep,
): Promise<boolean> {
  const [changed] = await runTogether(db, [
    sql`UPDATE receivers SET generation = ${generation}, sealed = ${sealed}
      WHERE id = ${id} AND ${isNewest(generation)} RETURNING 1`,
  ])
  return changed === 1
}

export const listStoredReceivers = (db: Database): Promise<(ReceiverStep & { id: Bytes })[]> =>
  db.select().from(receivers).orderBy(asc(receivers.id)).limit(MAX_RECEIVERS)

/** Counts the records that only this generation of the team key opens. */
export const countReceiversUnder = (db: Database, generation: number): Promise<number> =>
  db.$count(receivers, sql`${receivers.generation} = ${generation}`)
