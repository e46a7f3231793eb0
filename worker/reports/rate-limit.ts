// Detects flood mode: more reports arrive than the database should take.
// The limiter counts all senders together and never looks at the sender.
// Above the rate, reports wait in R2, and requests to end a thread must be retried. Each grade of
// reports is a flow; so are follow-ups, and ends of threads that the database does not know. Each
// flow has its own rate, so that no flow uses up the rate of another. A follow-up without a thread
// also counts as a grade 0 report. A report counts once, however often a page sends it.
import { CHECKED_GRADE, type Grade } from '#protocol/limits'

/** The key of the limiter. All senders share a key, so that the limiter never sees a sender. */
export type Flow = `grade${Grade}` | 'followUps' | 'ends'

export interface Limiters {
  /** limiter of reports of grade 0 and 1, each grade counted separately */
  low: RateLimit | undefined
  /** limiter of the other flows, each flow counted separately */
  high: RateLimit | undefined
}

/** Sizes in bytes. A database of this size takes no more of these reports. */
export interface Bounds {
  /** reports of grade 0 */
  unproven: number
  /** all other reports; and reports of grade 0 with danger, which are drained a few at a time */
  reports: number
  /** danger of grade 2 and 3, and follow-ups with a thread; the rest is for the staff */
  all: number
}

/** Returns the bound for a report. @param joins  the report is a follow-up with a thread */
export const boundFor = (
  { unproven, reports, all }: Bounds,
  { grade, danger }: { grade: Grade; danger: boolean },
  joins = false,
): number => (joins || (danger && grade >= CHECKED_GRADE) ? all : grade > 0 ? reports : unproven)

/** Counts one arrival. @returns true above the rate; false when the limiter is missing or fails */
export async function isFlooded(limiters: Limiters, mode: string, flow: Flow): Promise<boolean> {
  if (mode === 'off') return false
  if (mode === 'on' && flow.startsWith('grade')) return true
  const limiter = flow === 'grade0' || flow === 'grade1' ? limiters.low : limiters.high
  try {
    return limiter !== undefined && !(await limiter.limit({ key: flow })).success
  } catch {
    return false
  }
}

/** The shares of the database at which the bounds lie. */
const FULL_AT = { unproven: 0.8, reports: 0.85, all: 0.9 } as const

/** Returns the bounds for a database of this size. */
export function boundsOf(megabytes: string): Bounds {
  const bytes = Number(megabytes) * 1_000_000
  const { unproven, reports, all } = FULL_AT
  return { unproven: bytes * unproven, reports: bytes * reports, all: bytes * all }
}
