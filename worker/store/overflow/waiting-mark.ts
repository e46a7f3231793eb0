// Manages the waiting mark: one object in R2 that shows whether the overflow may contain anything.
// The edge reads the mark before it lists R2, because reading the mark costs a twelfth as much as
// listing. [Note: waiting mark] The order of these operations keeps the drain from overlooking a
// report. 1. A put sets the mark, puts the object, and sets the mark again if a run has changed the
// mark. 2. The clock sets the mark to `idle` in two runs. A run that finds the overflow empty
// writes `emptying`. The next run lists again, and writes `idle` only if the mark has the same ETag
// as before. A put that saw `waits` stored its object before `emptying` was written. The second
// list finds that object. A put that saw `emptying` or `idle` writes `waits`. In that case, either
// the ETag differs or `waits` was written last. A run that stops early leaves `emptying`, which the
// next run treats like `waits`. Once an hour, a run lists the overflow despite the mark, and so
// restores a lost mark.
import * as z from 'zod/mini'
import { toB64, type Bytes } from '#protocol/bytes'
import { FIRST } from './objects.ts'

const NAME = 'marks/waiting'

const Facts = z.object({
  state: z.enum(['waits', 'emptying', 'idle']),
  waiting: z.coerce.number(),
  aside: z.coerce.number(),
})

/** The counts from the last run of the clock. A put that sets the mark writes 1 for `waiting`. */
export interface WaitingCounts {
  /** number of objects in the overflow */
  waiting: number
  /** number of objects in quarantine */
  aside: number
}

export interface WaitingMark extends WaitingCounts {
  /**
   * `waits`: a report may be waiting. `emptying`: no report waited in the last run. `idle`: no
   * report waits.
   */
  state: z.infer<typeof Facts>['state']
  /** null when there is no mark yet */
  etag: string | null
}

const NONE: WaitingMark = { state: 'idle', waiting: 0, aside: 0, etag: null }

export async function readMark(bucket: R2Bucket): Promise<WaitingMark> {
  const object = await bucket.head(NAME)
  return object ? { ...Facts.parse(object.customMetadata), etag: object.etag } : NONE
}

/** Returns true when a report may be waiting in the overflow. */
export const mayWait = ({ state }: WaitingMark): boolean => state !== 'idle'

/**
 * `wasIdle` is a remembered reading: R2 returned `idle` a moment ago. `waits` and `idle` come
 * directly from R2.
 */
export type MarkReading = 'waits' | 'idle' | 'wasIdle'

export const askMark = async (bucket: R2Bucket): Promise<MarkReading> =>
  mayWait(await readMark(bucket)) ? 'waits' : 'idle'

/** Reads the mark, and returns true when a report may be waiting. */
export const isMarked = async (bucket: R2Bucket): Promise<boolean> =>
  (await askMark(bucket)) === 'waits'

/** Returns true when the drain may still store a report from the overflow or the quarantine. */
export const mayArrive = (mark: WaitingMark): boolean => mayWait(mark) || mark.aside > 0

/** Writes `waits` without a condition, because `waits` is never wrong. */
export async function writeWaits(bucket: R2Bucket, counts: WaitingCounts): Promise<void> {
  await bucket.put(NAME, 'waits', { customMetadata: metadataOf('waits', counts) })
}

/**
 * Writes `emptying`.
 *
 * @param random  makes the ETag of each such mark unique
 */
export async function writeEmptying(
  bucket: R2Bucket,
  counts: WaitingCounts,
  random: Bytes,
): Promise<void> {
  await bucket.put(NAME, `emptying ${toB64(random)}`, {
    customMetadata: metadataOf('emptying', counts),
  })
}

/** Writes `idle`, unless the mark changed after the caller read `mark`. */
export async function writeIdle(
  bucket: R2Bucket,
  { etag }: WaitingMark,
  counts: WaitingCounts,
): Promise<void> {
  const condition = etag === null ? FIRST : { onlyIf: { etagMatches: etag } }
  await bucket.put(NAME, 'idle', { ...condition, customMetadata: metadataOf('idle', counts) })
}

const metadataOf = (
  state: WaitingMark['state'],
  { waiting, aside }: WaitingCounts,
): Record<string, string> => ({ state, waiting: String(waiting), aside: String(aside) })
