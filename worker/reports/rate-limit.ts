// Detects flood mode, in which more reports arrive than the database should accept. The limiter
// counts all senders together and never distinguishes them. Above the rate, reports wait in R2, and
// requests to end a thread must be retried. The reports of each grade form a flow. Follow-ups form
// another flow, and so do requests to end threads that are not in the database. Each flow has its
// own rate, so that one flow does not use up the rate of another. A follow-up without a thread also
// counts as a grade 0 report. A report counts once, however often a page sends it.
import type { Grade } from '#protocol/limits'

/**
 * A key of the limiter. All senders in a flow share one key, so the limiter never sees a sender.
 */
export type Flow = `grade${Grade}` | 'followUps' | 'ends'

export interface Limiters {
  /** limiter for reports of grades 0 and 1; each grade is counted separately */
  low: RateLimit | undefined
  /** limiter for the other flows; each flow is counted separately */
  high: RateLimit | undefined
}

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
