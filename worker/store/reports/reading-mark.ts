// Keeps the reading marks in one R2 object, because R2 keeps no history. Every request reads the
// same whole object, so that a hit costs the same calls and bytes as a miss.
import { and, eq, isNotNull } from 'drizzle-orm'
import { concat, sameBytes, type Bytes } from '#protocol/bytes'
import { HASH_BYTES, REPLY_BYTES } from '#protocol/limits'
import type { Database } from '../database.ts'
import { FIRST } from '../overflow/objects.ts'
import { reports } from '../schema/reports.ts'

const NAME = 'marks/reading'

/** A mark lasts a little longer than the interval at which a staff browser renews it. */
export const READING_MS = 150_000
/** Maximum number of marks at any time. When it is reached, the oldest mark is dropped. */
const MAX_MARKS = 16
const TRIES = 3

/** A mark that a colleague's device sealed under a key of the receipt. */
interface ReadingMark {
  ownerHash: Bytes
  /** 4,096 bytes, like a reply */
  sealed: Bytes
}

interface DatedMark extends ReadingMark {
  /** milliseconds since 1970 */
  until: number
}

// owner hash (32) ‖ end in milliseconds (8, big endian) ‖ sealed mark (4,096), for each mark.
const TIME_BYTES = 8
const MARK_BYTES = HASH_BYTES + TIME_BYTES + REPLY_BYTES

/** Returns the owner hash for replies to this report; null after the number has ended. */
export const findReplyAddress = async (db: Database, report: Bytes): Promise<Bytes | null> =>
  (
    await db
      .select({ ownerHash: reports.ownerHash })
      .from(reports)
      .where(and(eq(reports.id, report), isNotNull(reports.writeHash)))
      .get()
  )?.ownerHash ?? null

/**
 * Stores a mark, which replaces an older mark of the same receipt, and drops expired marks. Gives
 * up when colleagues are faster each time, because the mark is renewed soon anyway.
 */
export async function putReadingMark(
  bucket: R2Bucket,
  mark: ReadingMark,
  now: number,
): Promise<void> {
  for (let tried = 0; tried < TRIES; tried++) {
    const { marks, etag } = await readMarks(bucket, now)
    const others = marks.filter(({ ownerHash }) => !sameBytes(ownerHash, mark.ownerHash))
    const next = [...others.slice(1 - MAX_MARKS), { ...mark, until: now + READING_MS }]
    const condition = etag === null ? FIRST : { onlyIf: { etagMatches: etag } }
    const stored = await bucket.put(NAME, concat(...next.map(writeMark)), condition)
    if (stored) return
  }
}

/** Returns the sealed mark of a receipt, or null. Both cases take one call. */
export async function findReadingMark(
  bucket: R2Bucket,
  ownerHash: Bytes,
  now: number,
): Promise<Bytes | null> {
  const { marks } = await readMarks(bucket, now)
  const own = marks.filter((mark) => sameBytes(mark.ownerHash, ownerHash))
  return own[0]?.sealed ?? null
}

async function readMarks(
  bucket: R2Bucket,
  now: number,
): Promise<{ marks: DatedMark[]; etag: string | null }> {
  const object = await bucket.get(NAME)
  if (!object) return { marks: [], etag: null }
  const stored = new Uint8Array(await object.arrayBuffer())
  const marks: DatedMark[] = []
  for (let at = 0; at + MARK_BYTES <= stored.length; at += MARK_BYTES)
    marks.push(readMarkAt(stored, at))
  return { marks: marks.filter(({ until }) => until > now), etag: object.etag }
}

const readMarkAt = (stored: Bytes, at: number): DatedMark => {
  const end = at + HASH_BYTES
  return {
    ownerHash: stored.slice(at, end),
    until: Number(new DataView(stored.buffer, stored.byteOffset).getBigUint64(end)),
    sealed: stored.slice(end + TIME_BYTES, at + MARK_BYTES),
  }
}

function writeMark({ ownerHash, until, sealed }: DatedMark): Bytes {
  const time = new Uint8Array(TIME_BYTES)
  new DataView(time.buffer).setBigUint64(0, BigInt(until))
  return concat(ownerHash, time, sealed)
}
