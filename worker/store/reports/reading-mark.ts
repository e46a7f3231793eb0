// Stores the reading marks. Without a key of the receipt, a response does not show whether there is
// a mark.
import { and, eq, isNotNull } from 'drizzle-orm'
import { sameBytes, type Bytes } from '#protocol/bytes'
import { REPLY_BYTES } from '#protocol/limits'
import type { Database } from '../database.ts'
import { putMark, readMarks, type MarkKind } from '../marks.ts'
import { reports } from '../schema/reports.ts'

/** The key of a mark is an owner hash, and the value is sealed like a reply. */
const READING: MarkKind = { name: 'marks/reading', valueBytes: REPLY_BYTES, most: 16 }

/** A mark lasts a little longer than the interval at which a staff browser renews it. */
export const READING_MS = 150_000

/** A mark that a colleague's device sealed under a key of the receipt. */
interface ReadingMark {
  ownerHash: Bytes
  /** 4,096 bytes, like a reply */
  sealed: Bytes
}

/**
 * Returns the owner hash for replies to this report; null after the reporter has ended the thread.
 */
export const findReplyAddress = async (db: Database, report: Bytes): Promise<Bytes | null> =>
  (
    await db
      .select({ ownerHash: reports.ownerHash })
      .from(reports)
      .where(and(eq(reports.id, report), isNotNull(reports.writeHash)))
      .get()
  )?.ownerHash ?? null

/** Stores a mark; see putMark. */
export const putReadingMark = (
  bucket: R2Bucket,
  { ownerHash: key, sealed: value }: ReadingMark,
  now: number,
): Promise<void> => putMark(bucket, READING, { key, value, until: now + READING_MS }, now)

/** Returns the sealed mark for a receipt, or null. A hit and a miss both take one call. */
export async function findReadingMark(
  bucket: R2Bucket,
  ownerHash: Bytes,
  now: number,
): Promise<Bytes | null> {
  const marks = await readMarks(bucket, READING, now)
  return marks.find(({ key }) => sameBytes(key, ownerHash))?.value ?? null
}
