// Stores discards. Only one discard can be open, so that a single line in the workspace shows it to
// all colleagues.
import { desc, eq, isNull, or, sql, type SQL } from 'drizzle-orm'
import { toB64, type Bytes } from '#protocol/bytes'
import { DiscardChange, DISCARDS_SHOWN, type Discard } from '#protocol/staff/list/discard'
import { WAITING_SHOWN } from '#protocol/staff/list/counts'
import { changeWithRow, type ChainEntry } from '../ledger/chains.ts'
import type { Database } from '../database.ts'
import { selectCovered } from './discard-matches.ts'
import { discards } from '../schema/deletions.ts'

/** A discard as its author signed it. */
export interface SignedDiscard {
  id: Bytes
  actor: Bytes
  /** JSON text of `predicate` and the numbers, as the author signed it */
  text: string
  change: DiscardChange
  dueAt: number
}

/**
 * Stores a discard.
 *
 * @returns false when a discard is open, the id is in use, or more reports match than the author
 *   confirmed
 */
export const insertDiscard = (
  db: Database,
  { id, actor, text, change, dueAt }: SignedDiscard,
  entry: ChainEntry,
): Promise<boolean> =>
  changeWithRow(db, entry, [
    sql`INSERT INTO discards (id, actor, change, due_at, place, removed, day, removed_that_day)
      SELECT ${id}, ${actor}, ${text}, ${dueAt}, '', 0, '', 0
      WHERE NOT EXISTS (SELECT 1 FROM discards WHERE ended_at IS NULL OR id = ${id})
        AND ${isAtMostConfirmed(change)} RETURNING 1`,
  ])

// The drain moves reports from R2 to D1, so only the sum of both stores can be compared.
const isAtMostConfirmed = (change: DiscardChange): SQL =>
  change.waiting >= WAITING_SHOWN
    ? sql`1`
    : sql`(${selectCovered(sql`count(*)`, change)}) <= ${change.stored + change.waiting}`

/** Ends an open discard. @returns false when the discard has ended or does not exist */
export const withdrawDiscard = (
  db: Database,
  id: Bytes,
  { by, now }: { by: Bytes; now: number },
  entry: ChainEntry,
): Promise<boolean> =>
  changeWithRow(db, entry, [
    sql`UPDATE discards SET ended_at = ${now}, withdrawn_by = ${by}
      WHERE id = ${id} AND ended_at IS NULL RETURNING 1`,
  ])

export const hasDiscard = async (db: Database, id: Bytes): Promise<boolean> =>
  (await db.select({ id: discards.id }).from(discards).where(eq(discards.id, id)).get()) !==
  undefined

/** Returns true when a discard is open or has this id. */
export const isDiscardOpen = async (db: Database, id: Bytes): Promise<boolean> =>
  (await db
    .select({ id: discards.id })
    .from(discards)
    .where(or(eq(discards.id, id), isNull(discards.endedAt)))
    .get()) !== undefined

const selectDiscards = (db: Database) =>
  db
    .select({
      id: discards.id,
      by: discards.actor,
      change: discards.change,
      dueAt: discards.dueAt,
      removed: discards.removed,
      endedAt: discards.endedAt,
      withdrawnBy: discards.withdrawnBy,
    })
    .from(discards)

export const openDiscardQuery = (db: Database) =>
  selectDiscards(db).where(isNull(discards.endedAt)).limit(1)

type DiscardRow = Awaited<ReturnType<typeof openDiscardQuery>>[number]

export const discardFrom = ({ id, by, change, withdrawnBy, ...rest }: DiscardRow): Discard => ({
  ...rest,
  ...DiscardChange.parse(JSON.parse(change)),
  id: toB64(id),
  by: toB64(by),
  withdrawnBy: withdrawnBy && toB64(withdrawnBy),
})

/** Lists the newest discards. */
export const listDiscards = async (db: Database): Promise<Discard[]> =>
  (await selectDiscards(db).orderBy(desc(discards.dueAt)).limit(DISCARDS_SHOWN)).map(discardFrom)
