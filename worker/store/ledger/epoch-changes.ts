// Opens, retires and ends epochs. Each change is stored together with its row of the ledger.
import { sql, type SQL } from 'drizzle-orm'
import type { Bytes } from '#protocol/bytes'
import { changeWithRow, type ChainEntry } from './chains.ts'
import type { Database } from '../database.ts'
import { isWhole } from '../schema/reports.ts'

export interface NewEpoch {
  epoch: number
  manifest: Bytes
  hybridKey: Bytes
  sealedForRecovery: Bytes
  copies: { person: Bytes; sealed: Bytes }[]
}

/**
 * Stores the epoch that follows the newest epoch.
 *
 * @returns false when the number is not the next one
 */
export const insertEpoch = (db: Database, made: NewEpoch, entry: ChainEntry): Promise<boolean> =>
  changeWithRow(
    db,
    entry,
    [
      sql`INSERT INTO epochs (epoch, manifest, hybrid_key, sealed_for_recovery)
        SELECT ${made.epoch}, ${made.manifest}, ${made.hybridKey}, ${made.sealedForRecovery}
        WHERE ${made.epoch} = 1 + (SELECT COALESCE(MAX(epoch), 0) FROM epochs) RETURNING 1`,
    ],
    made.copies.map(
      ({ person, sealed }): SQL => sql`INSERT INTO intake_keys (person, epoch, sealed)
        SELECT ${person}, epoch, ${sealed} FROM epochs
        WHERE epoch = ${made.epoch} AND manifest = ${made.manifest}`,
    ),
  )

/**
 * Retires an older epoch, or moves its end to an earlier day.
 *
 * @param day  the first UTC day on which reports are refused
 * @returns false if there is no newer epoch, or when the epoch is already retired by that day
 */
export const setRetiredDay = (
  db: Database,
  epoch: number,
  day: string,
  entry: ChainEntry,
): Promise<boolean> =>
  changeWithRow(db, entry, [
    sql`UPDATE epochs SET retired_day = ${day}
      WHERE epoch = ${epoch} AND epoch < (SELECT MAX(epoch) FROM epochs)
        AND (retired_day IS NULL OR retired_day > ${day}) RETURNING 1`,
  ])

/**
 * Deletes every copy of the private keys of an epoch.
 *
 * @returns false, and deletes nothing, while a letter of the epoch still has its wrap
 */
export const deleteEpochKeys = (db: Database, epoch: number, entry: ChainEntry): Promise<boolean> =>
  changeWithRow(
    db,
    entry,
    [
      sql`UPDATE epochs SET sealed_for_recovery = NULL
        WHERE epoch = ${epoch} AND sealed_for_recovery IS NOT NULL
          AND NOT EXISTS (SELECT 1 FROM reports
            WHERE epoch = ${epoch} AND ${isWhole(sql`envelope`)})
          AND NOT EXISTS (SELECT 1 FROM follow_ups
            WHERE epoch = ${epoch} AND ${isWhole(sql`envelope`)})
        RETURNING 1`,
    ],
    [
      sql`DELETE FROM intake_keys
        WHERE epoch IN (SELECT epoch FROM epochs WHERE sealed_for_recovery IS NULL)`,
    ],
  )
