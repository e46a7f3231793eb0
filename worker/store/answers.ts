// Answers to reporters, found by the hash of the number's lookup.
import { and, asc, eq, sql } from 'drizzle-orm'
import type { Bytes } from '#protocol/bytes'
import { ANSWER_BYTES, MAX_SLOTS } from '#protocol/limits'
import { bytesFrom } from './bytes-column.ts'
import { runTogether, type Database } from './database.ts'
import { answers } from './schema.ts'

export interface SealedAnswer {
  slot: number
  day: string
  /** 4,096 bytes */
  sealed: Bytes
}

/**
 * The sealed answer in a slot, or null. The same single search for an unknown number and an empty slot, and as many bytes come
 * out of the database: reading 4,096 of them takes a measurable time. What comes instead of an answer is thrown away here.
 */
export async function findAnswer(
  db: Database,
  lookupHash: Bytes,
  slot: number,
): Promise<Bytes | null> {
  const [row] = await db
    .select({
      found: sql<number>`${answers.slot} IS NOT NULL`,
      sealed: sql<Bytes>`coalesce(${answers.sealed}, randomblob(${ANSWER_BYTES}))`.mapWith(
        bytesFrom,
      ),
    })
    .from(sql`(SELECT 1)`)
    .leftJoin(answers, and(eq(answers.lookupHash, lookupHash), eq(answers.slot, slot)))
  return row?.found ? row.sealed : null
}

/** All answers of a number in the order of their slots. */
export const listAnswers = (db: Database, lookupHash: Bytes): Promise<SealedAnswer[]> =>
  db
    .select({ slot: answers.slot, day: answers.day, sealed: answers.sealed })
    .from(answers)
    .where(eq(answers.lookupHash, lookupHash))
    .orderBy(asc(answers.slot))
    .limit(MAX_SLOTS)

/** What the edge keeps of a number that its reporter ended. */
export interface EndedNumber {
  lookupHash: Bytes
  /** SHA-256 of the write token */
  tokenHash: Bytes
}

/**
 * Erases the answers and the hashes of numbers, of each if both hashes belong to one thread. What the staff received stays. Two
 * queries, however many numbers.
 */
export async function destroyNumbers(db: Database, ended: EndedNumber[]): Promise<void> {
  if (ended.length === 0) return
  const theirs = sql.join(
    ended.map(
      ({ lookupHash, tokenHash }) =>
        sql`(lookup_hash = ${lookupHash} AND write_hash = ${tokenHash})`,
    ),
    sql` OR `,
  )
  await runTogether(db, [
    sql`DELETE FROM answers WHERE lookup_hash IN (SELECT lookup_hash FROM reports WHERE ${theirs})`,
    sql`UPDATE reports SET lookup_hash = NULL, write_hash = NULL WHERE ${theirs}`,
  ])
}
