// Remembers for one second that the waiting mark was `idle`, so that not every new report needs its
// own read.
//
// [Note: remembered mark] An isolate remembers `idle` for one second, for new reports only. A
// request can read `idle` and then wait three seconds for D1 before it stores the report. Every
// later step therefore already tolerates an `idle` that is older than one second.
// - The report is not lost. A put ignores the remembered `idle` and makes sure that the mark is
// set.
// - A copy may enter D1 while the report waits. Both copies have the same id, so the drain merges
// them.
// - A proof counts once in D1, whichever of two reports comes first.
// - A repeated report is not refused. The verb reads the mark itself before it refuses.
// - The rate limit may count a repeated report twice, within one second of the first put. For a
// follow-up, the edge reads the mark itself, because an old `idle` could separate the letter from
// its thread. A put clears the memory of its own isolate. A page that immediately repeats its
// request therefore finds its own report.
import { askMark, type MarkReading } from './waiting-mark.ts'

const REMEMBERED_MS = 1000
/**
 * After this time, one request renews the memory, so that requests do not all read the mark
 * simultaneously.
 */
const RENEWED_MS = 500

/** The last `idle` that this isolate read from a bucket. */
interface RememberedIdle {
  /** the time of the read to which R2 responded with `idle` */
  idleAt: number
  /** the time of the last read, with or without a response */
  askedAt: number
}

const remembered = new WeakMap<R2Bucket, RememberedIdle>()

/** Reads the mark for a new report, or uses the remembered one: see [Note: remembered mark]. */
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

/** Clears everything that this isolate remembers about a bucket. */
export const forgetMark = (bucket: R2Bucket): boolean => remembered.delete(bucket)

/** Returns true when `now` is less than `ms` after `time`, and not before it. */
const isWithin = (time: number, now: number, ms: number): boolean => now >= time && now - time < ms
