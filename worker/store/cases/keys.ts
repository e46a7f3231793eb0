// Stores the case keys, sealed under the case's secret and the team key. Re-wrapping replaces the
// outer seal after the departure of a person who could open reports. A lost key keeps its row, so
// that its number is never reused.
import { and, asc, count, eq, sql, type SQL } from 'drizzle-orm'
import type { Bytes } from '#protocol/bytes'
import { hexOf } from '#worker/hex'
import { newestKeyNo } from './key-in-use.ts'
import { changeWithRow, type ChainEntry } from '../ledger/chains.ts'
import { runTogether, type Database } from '../database.ts'
import { caseKeys } from '../schema/cases.ts'

export interface StoredCaseKey {
  caseId: Bytes
  keyNo: number
  generation: number
  sealed: Bytes
}

/**
 * Stores the next key of a case, and a copy for the caseworker who has the case.
 *
 * @param stored.grant  the copy; null when no caseworker has the case
 * @returns false for an unknown or merged case, a key number out of sequence, or an older
 *   generation
 */
export const insertCaseKey = (
  db: Database,
  { caseId, keyNo, generation, sealed, grant }: StoredCaseKey & { grant: Bytes | null },
  entry: ChainEntry,
): Promise<boolean> =>
  changeWithRow(
    db,
    entry,
    [
      sql`INSERT INTO case_keys (case_id, key_no, generation, sealed)
        SELECT id, ${keyNo}, ${generation}, ${sealed} FROM reports
          WHERE id = ${caseId} AND merged_into IS NULL
            AND ${newestKeyNo(caseId)} = ${keyNo - 1}
            AND ${generation} = (SELECT MAX(generation) FROM teams) RETURNING 1`,
    ],
    grant === null
      ? []
      : [
          sql`INSERT INTO case_grants (case_id, key_no, person, sealed)
            SELECT id, ${keyNo}, assignee, ${grant} FROM reports
              WHERE id = ${caseId} AND assignee IS NOT NULL AND changes() = 1`,
        ],
  )

/** The position of a case key in the list of its generation. */
export type CaseKeyPlace = Pick<StoredCaseKey, 'caseId' | 'keyNo'>

/**
 * Lists the case keys under a generation, without lost keys, sorted by case and number.
 *
 * @param after  null for the first page
 */
export const listCaseKeys = (
  db: Database,
  generation: number,
  after: CaseKeyPlace | null,
  limit: number,
): Promise<StoredCaseKey[]> =>
  db
    .select()
    .from(caseKeys)
    .where(
      and(
        isLeft(generation),
        after
          ? sql`(${caseKeys.caseId}, ${caseKeys.keyNo}) > (${after.caseId}, ${after.keyNo})`
          : undefined,
      ),
    )
    .orderBy(asc(caseKeys.caseId), asc(caseKeys.keyNo))
    .limit(limit)

const isLeft = (generation: number): SQL | undefined =>
  and(eq(caseKeys.generation, generation), eq(caseKeys.isLost, false))

/** Counts the case keys under a generation, without lost keys. */
export const countCaseKeys = async (db: Database, generation: number): Promise<number> =>
  (await db.select({ total: count() }).from(caseKeys).where(isLeft(generation)).get())?.total ?? 0

/**
 * Replaces outer seals. A lost key keeps its seal, and so does a key that a colleague has rewrapped
 * in the meantime. Every key keeps its seal when `to` is not the newest generation.
 *
 * All keys are in one parameter of one statement. D1 allows 50 queries per request and 100
 * parameters per query.
 */
export async function rewrapStored(
  db: Database,
  {
    from,
    to,
    keys,
  }: { from: number; to: number; keys: readonly Omit<StoredCaseKey, 'generation'>[] },
): Promise<void> {
  const listed = keys.map(({ caseId, keyNo, sealed }) => [hexOf(caseId), keyNo, hexOf(sealed)])
  // The plus sign keeps SQLite from reading the entire generation through its index.
  await runTogether(db, [
    sql`UPDATE case_keys SET generation = ${to}, sealed = unhex(listed.value ->> 2)
      FROM json_each(${JSON.stringify(listed)}) AS listed
      WHERE case_id = unhex(listed.value ->> 0) AND key_no = listed.value ->> 1
        AND +generation = ${from} AND NOT is_lost
        AND ${to} = (SELECT MAX(generation) FROM teams)`,
  ])
}
