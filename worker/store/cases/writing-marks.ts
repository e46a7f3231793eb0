// Records, for colleagues only, who is currently writing in which case. D1's history keeps every
// row for days, and there must be no record of who worked when. The marks are therefore in R2.
import { concat, sameBytes, type Bytes } from '#protocol/bytes'
import { ID_BYTES } from '#protocol/limits'
import { dropExpiredMarks, putMark, readMarks, type MarkKind } from '../marks.ts'

/**
 * The key of a mark is the id of the case, followed by the id of the colleague. A mark has no
 * value.
 */
const WRITING: MarkKind = { name: 'marks/writing', valueBytes: 0, most: 64 }

const MINUTE_MS = 60_000
/** A mark expires at the start of the second minute after the minute in which it was stored. */
export const WRITING_MINUTES = 2

/** Records that a colleague is writing in a case; only the minute is stored. See putMark. */
export const putWritingMark = (
  bucket: R2Bucket,
  caseId: Bytes,
  person: Bytes,
  now: number,
): Promise<void> => {
  const until = (Math.floor(now / MINUTE_MS) + WRITING_MINUTES) * MINUTE_MS
  const mark = { key: concat(caseId, person), until, value: new Uint8Array(0) }
  return putMark(bucket, WRITING, mark, now)
}

/** Lists the ids of the colleagues who are writing in a case now. */
export const findWriters = async (bucket: R2Bucket, caseId: Bytes, now: number): Promise<Bytes[]> =>
  (await readMarks(bucket, WRITING, now))
    .filter(({ key }) => sameBytes(key.slice(0, ID_BYTES), caseId))
    .map(({ key }) => key.slice(ID_BYTES))

/**
 * Deletes the marks when nobody is writing, because they reveal in cleartext who worked in which
 * case.
 */
export const dropWritingMarks = (bucket: R2Bucket, now: number): Promise<void> =>
  dropExpiredMarks(bucket, WRITING, now)
