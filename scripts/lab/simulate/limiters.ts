// Makes a world's rate limiters, which follow the world's clock.
import type { Profile } from '#scripts/lab/simulate/profile'

export interface WorldLimiters {
  low: RateLimit
  high: RateLimit
  chunks: RateLimit
}

const MINUTE_MS = 60_000
const CHUNKS_A_MINUTE = 12

/**
 * Counts the calls for each key in each minute of the world's clock. A limiter sometimes fails, as
 * a real limiter can.
 */
function limiterOf(limit: number, wallClock: () => number, roll: () => number): RateLimit {
  const counted = new Map<string, number>()
  return {
    limit: ({ key }: RateLimitOptions) => {
      if (roll() < 0.02) return Promise.reject(new Error('RATE_LIMIT_ERROR'))
      const minute = `${key} ${Math.floor(wallClock() / MINUTE_MS)}`
      const count = (counted.get(minute) ?? 0) + 1
      counted.set(minute, count)
      return Promise.resolve({ success: count <= limit })
    },
  }
}

export const limitersOf = (
  { limits }: Profile,
  wallClock: () => number,
  roll: () => number,
): WorldLimiters => ({
  low: limiterOf(limits.low, wallClock, roll),
  high: limiterOf(limits.high, wallClock, roll),
  chunks: limiterOf(CHUNKS_A_MINUTE, wallClock, roll),
})
