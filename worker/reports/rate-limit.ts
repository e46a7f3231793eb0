// Detects flood mode: more reports arrive than the database should take.
// The limiter counts all senders together and never looks at the sender.
// Above the rate, reports wait in R2, and the edge asks for a retry of the end of a thread.
// There are four flows: reports with a proof of work, reports without, follow-ups, and ends of
// threads that the database does not know. Each flow has a rate of its own, so that no flow uses up
// the rate of another. A follow-up without a thread also counts as a report.
// A report counts once, however often a page sends it.

/** The key of the limiter. All senders share a key, so that the limiter never sees the sender. */
export type Flow = 'proven' | 'reports' | 'followUps' | 'ends'

export interface Limiters {
  /** for reports without a proof */
  low: RateLimit | undefined
  /** for the other flows, each counted by itself */
  high: RateLimit | undefined
}

/** Sizes in bytes. A database of such a size takes no more of these reports. */
export interface Bounds {
  /** reports of lane B */
  laneB: number
  /** reports of lane B with danger, which are drained a few at a time */
  danger: number
  /** all reports and follow-ups; the rest of the database is for the staff */
  all: number
}

/** Counts one arrival. @returns true above the rate; false when the limiter is missing or fails */
export async function isFlooded(limiters: Limiters, mode: string, flow: Flow): Promise<boolean> {
  if (mode === 'off') return false
  if (mode === 'on' && (flow === 'proven' || flow === 'reports')) return true
  const limiter = flow === 'reports' ? limiters.low : limiters.high
  try {
    return limiter !== undefined && !(await limiter.limit({ key: flow })).success
  } catch {
    return false
  }
}

/** Returns the bounds for a database of this size. */
export function boundsOf(megabytes: string): Bounds {
  const bytes = Number(megabytes) * 1_000_000
  return { laneB: bytes * 0.8, danger: bytes * 0.85, all: bytes * 0.9 }
}
