// Flood mode: more reports come than the database should take. It is judged by the rate of all reports together, never by who
// sends them, and it refuses nobody: what is over the rate waits in R2. Three rates, so that none is used up by another: reports with a
// proof of work, reports without, and what is written under a number; what finds no thread there counts as a report as well. Only what is
// new is counted.

/** One key for everybody who sends such a thing: the limiter never learns who asks. */
export type Flow = 'proven' | 'reports' | 'followUps'

export interface Limiters {
  /** for reports without a proof */
  low: RateLimit | undefined
  /** for the other two, each counted by itself */
  high: RateLimit | undefined
}

/** Bytes of the database beyond which it is left alone. */
export interface Bounds {
  /** by reports of lane B */
  laneB: number
  /** by reports of lane B that speak of danger, which are drained a few at a time */
  danger: number
  /** by everything from outside: the rest is for what the staff write */
  all: number
}

/** Counts one thing that came. A limiter that is missing or fails floods nobody. */
export async function isFlooded(limiters: Limiters, mode: string, flow: Flow): Promise<boolean> {
  if (mode === 'off') return false
  if (mode === 'on' && flow !== 'followUps') return true
  const limiter = flow === 'reports' ? limiters.low : limiters.high
  try {
    return limiter !== undefined && !(await limiter.limit({ key: flow })).success
  } catch {
    return false
  }
}

export function boundsOf(megabytes: string): Bounds {
  const bytes = Number(megabytes) * 1_000_000
  return { laneB: bytes * 0.8, danger: bytes * 0.85, all: bytes * 0.9 }
}
