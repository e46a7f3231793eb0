// Holds the waiting mark: one object in R2 that says whether the overflow may hold anything.
// The edge reads the mark before it lists R2, because reading the mark costs a twelfth of a list.
//
// [Note: waiting mark] The drain overlooks no report, because of these two orders.
// 1. A put sets the mark, puts the object, and sets the mark again if a run has changed the mark.
// 2. The clock ends the mark in two runs. A run that finds the overflow empty writes `emptying`.
//    The next run lists again, and writes `idle` only if the mark has the same ETag as before.
// A put that saw `waits` put its object before `emptying` was written. The second list finds that
// object.
// A put that saw `emptying` or `idle` writes `waits`. Then the ETag differs, or `waits` is last.
// A run that stops early leaves `emptying`, which the next run reads like `waits`.
// The full look sets a lost mark again, once an hour.
//
// [Note: remembered mark] An isolate remembers `idle` for one second, for new reports only.
// A request can read `idle` and then wait three seconds for D1 before it stores the report. So
// every later step already bears an `idle` that is older than one second.
// - The report is not lost. A put sets the mark without regard to the memory.
// - A copy may enter D1 while the report waits. Both have one id, so that the drain merges them.
// - A proof counts once in D1, whichever of two reports comes first.
// - A repeated report is not refused. The verb reads the mark itself before it refuses.
// - The rate limit may count a repeated report twice, within the second of the first put.
// A follow-up reads the mark itself. By an old `idle` it would stand alone beside its thread.
// A put forgets the memory of its own isolate. A page that repeats at once finds its own report.
import * as z from 'zod/mini'
import { toB64, type Bytes } from '#protocol/bytes'
import { FIRST } from './overflow.ts'

const NAME = 'marks/waiting'

const Facts = z.object({
  state: z.enum(['waits', 'emptying', 'idle']),
  waiting: z.coerce.number(),
  aside: z.coerce.number(),
})

/** The counts of the last run of the clock. A put that sets the mark writes 1 for `waiting`. */
export interface WaitingCounts {
  /** objects in the overflow */
  waiting: number
  /** objects in quarantine */
  aside: number
}

export interface WaitingMark extends WaitingCounts {
  /**
   * `waits`: a report may wait. `emptying`: no report waited in the last run. `idle`: no report
   * waits.
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

/** Returns true when a report may wait in the overflow. */
export const mayWait = ({ state }: WaitingMark): boolean => state !== 'idle'

/** `wasIdle` is remembered: R2 said `idle` a moment ago. `waits` and `idle` come from R2 itself. */
export type MarkReading = 'waits' | 'idle' | 'wasIdle'

/** Reads the mark. */
export const askMark = async (bucket: R2Bucket): Promise<MarkReading> =>
  mayWait(await readMark(bucket)) ? 'waits' : 'idle'

/** Reads the mark, and returns true when a report may wait. */
export const isMarked = async (bucket: R2Bucket): Promise<boolean> =>
  (await askMark(bucket)) === 'waits'

const REMEMBERED_MS = 1000
/** After so long one request renews the memory, so that not all ask when the memory ends. */
const RENEWED_MS = 500

/** The last `idle` of a bucket in this isolate. */
interface RememberedIdle {
  /** the time of the question to which R2 said `idle` */
  idleAt: number
  /** the time of the last question, answered or not */
  askedAt: number
}

const remembered = new WeakMap<R2Bucket, RememberedIdle>()

/** Reads the mark for a new report, or remembers it: see [Note: remembered mark]. */
export async function readOrRemember(bucket: R2Bucket, now: number): Promise<MarkReading> {
  const memory = remembered.get(bucket)
  if (memory) {
    const isRenewed = isWithin(memory.askedAt, now, RENEWED_MS)
    if (isRenewed && isWithin(memory.idleAt, now, REMEMBERED_MS)) return 'wasIdle'
    memory.askedAt = now
  }
  const mark = await askMark(bucket)
  if (mark === 'idle') remembered.set(bucket, { idleAt: now, askedAt: now })
  else remembered.delete(bucket)
  return mark
}

/** Returns true when `now` is less than `ms` after `time`, and not before it. */
const isWithin = (time: number, now: number, ms: number): boolean => now >= time && now - time < ms

/** Returns true when the drain may still store a report of the overflow or the quarantine. */
export const mayArrive = (mark: WaitingMark): boolean => mayWait(mark) || mark.aside > 0

/** Sets the mark, runs a put into the overflow, and sets the mark again. */
export async function putUnderMark<T>(bucket: R2Bucket, put: () => Promise<T>): Promise<T> {
  await setMark(bucket)
  const done = await put()
  // Ignores a failure, because R2 has the object, and the sender must not send the report again.
  await setMark(bucket).catch(() => undefined)
  return done
}

/** Sets the mark. Costs only one read when the mark is already set. */
async function setMark(bucket: R2Bucket): Promise<void> {
  remembered.delete(bucket)
  const mark = await readMark(bucket)
  if (mark.state === 'waits') return
  try {
    await writeWaits(bucket, { waiting: 1, aside: mark.aside })
  } catch (error) {
    // R2 refuses fast writes of one name. Another report has then set the mark.
    if ((await readMark(bucket)).state !== 'waits') throw error
  }
}

/** Writes `waits`, without a condition, because `waits` is never wrong. */
export async function writeWaits(bucket: R2Bucket, counts: WaitingCounts): Promise<void> {
  await bucket.put(NAME, 'waits', { customMetadata: metadataOf('waits', counts) })
}

/**
 * Writes `emptying`.
 *
 * @param random  gives each such mark an ETag of its own
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

/** Writes `idle`, unless somebody changed the mark after the caller read `mark`. */
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
