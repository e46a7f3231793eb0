// Uses the owner hash to find, list and delete replies to reporters.
import { and, asc, eq, sql } from 'drizzle-orm'
import { randomBytes, type Bytes } from '#protocol/bytes'
import { HASH_BYTES, REPLY_BYTES, MAX_REPLIES } from '#protocol/limits'
import { bytesFrom, runTogether, type Database } from '../database.ts'
import { reports } from '../schema/reports.ts'
import { answers } from '../schema/threads.ts'

export interface SealedReply {
  /** index of the reply in its thread */
  index: number
  day: string
  /** 4,096 bytes */
  sealed: Bytes
}

/**
 * Finds the sealed reply at an index, or null. A reply, an unknown receipt and an empty index need
 * the same query. All three return the same number of bytes, because reading 4,096 bytes takes
 * measurable time. Random bytes stand for a missing reply and are discarded here.
 */
export async function findReply(
  db: Database,
  ownerHash: Bytes,
  index: number,
): Promise<Bytes | null> {
  const [row] = await db
    .select({
      found: sql<number>`${answers.n} IS NOT NULL`,
      sealed: sql<Bytes>`coalesce(${answers.sealed}, randomblob(${REPLY_BYTES}))`.mapWith(
        bytesFrom,
      ),
    })
    .from(sql`(SELECT 1)`)
    .leftJoin(answers, and(eq(answers.ownerHash, ownerHash), eq(answers.n, index)))
  return row?.found ? row.sealed : null
}

/** Lists all replies for a receipt, keyed by index. */
export const listReplies = (db: Database, ownerHash: Bytes): Promise<SealedReply[]> =>
  db
    .select({ index: answers.n, day: answers.day, sealed: answers.sealed })
    .from(answers)
    .where(eq(answers.ownerHash, ownerHash))
    .orderBy(asc(answers.n))
    .limit(MAX_REPLIES)

/** The hashes of a receipt that the reporter ended. */
export interface EndedReceipt {
  ownerHash: Bytes
  /** SHA-256 of the write token */
  tokenHash: Bytes
}

/** Returns true when a thread in the database has both hashes. */
export const hasThread = async (
  db: Database,
  { ownerHash, tokenHash }: EndedReceipt,
): Promise<boolean> =>
  (await db
    .select({ found: sql`1` })
    .from(reports)
    .where(and(eq(reports.ownerHash, ownerHash), eq(reports.writeHash, tokenHash)))
    .get()) !== undefined

/** D1 allows 100 bound values in a statement. A receipt uses up to four values. */
const ENDS_AT_ONCE = 24

/**
 * Ends threads: deletes the replies, replaces the owner hash with a random value and removes the
 * write hash. Ends only a thread whose report has both hashes. The staff keep the reports. No
 * column then links the receipt to the reports, but the header in the envelope still has both
 * hashes. Ending 24 receipts needs three statements.
 */
export async function endThreads(db: Database, ended: EndedReceipt[]): Promise<void> {
  for (let first = 0; first < ended.length; first += ENDS_AT_ONCE)
    await endTogether(db, ended.slice(first, first + ENDS_AT_ONCE))
}

async function endTogether(db: Database, ended: EndedReceipt[]): Promise<void> {
  const isEnded = sql.join(
    ended.map(
      ({ ownerHash, tokenHash }) => sql`(owner_hash = ${ownerHash} AND write_hash = ${tokenHash})`,
    ),
    sql` OR `,
  )
  // Reports and follow-ups of one thread are assigned the same random value.
  const renamed = sql`CASE owner_hash ${sql.join(
    ended.map(({ ownerHash }) => sql`WHEN ${ownerHash} THEN ${randomBytes(HASH_BYTES)}`),
    sql` `,
  )} END`
  await runTogether(db, [
    sql`DELETE FROM answers
      WHERE owner_hash IN (SELECT owner_hash FROM reports WHERE ${isEnded})`,
    sql`UPDATE follow_ups SET owner_hash = ${renamed}, write_hash = NULL WHERE ${isEnded}`,
    sql`UPDATE reports SET owner_hash = ${renamed}, write_hash = NULL WHERE ${isEnded}`,
  ])
}
