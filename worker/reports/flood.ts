// Flood mode: more reports come than the database should take. It is judged by the rate of all reports together, never by who
// sends them, and it refuses nobody: what would go to lane B waits in R2.

/** One key for everybody: the limiter never learns who asks. */
const EVERYBODY = { key: 'reports' }

/** The last part of the database is for lane A and for what the staff write. */
const SHARE_FOR_LANE_B = 0.8

/** Counts one report. A limiter that is missing or fails floods nobody. */
export async function isFlooded(limiter: RateLimit | undefined, mode: string): Promise<boolean> {
  if (mode === 'on' || mode === 'off' || !limiter) return mode === 'on'
  try {
    return !(await limiter.limit(EVERYBODY)).success
  } catch {
    return false
  }
}

/** Bytes of the database beyond which nothing more of lane B goes in. */
export const fullAt = (megabytes: string): number =>
  Number(megabytes) * 1_000_000 * SHARE_FOR_LANE_B
