// Limits the rate of chunks, so that no flood can use up the day's storage quota. All chunks
// together share one limit. Each report also has its own smaller limit, so that a single report
// cannot use up the shared one. The limiters do not count chunks that are already stored. The edge
// asks a sender who exceeds a limit to retry later. The limiter sees only the report's id, never
// the sender.
import { toB64, type Bytes } from '#protocol/bytes'

export interface Rates {
  /** counts the chunks of each report; `ofAll` does not count the chunks that this limiter stops */
  ofOne: RateLimit
  ofAll: RateLimit
}

const EVERYBODY = 'everybody'

/** Time after which a sender may retry, in seconds. */
export const RATE_SECONDS = 10

/**
 * Counts one chunk. Returns false for a chunk that exceeds a limit. A failing limiter does not stop
 * chunks.
 */
export const isWithinRate = async ({ ofOne, ofAll }: Rates, owner: Bytes): Promise<boolean> =>
  (await isWithin(ofOne, toB64(owner))) && (await isWithin(ofAll, EVERYBODY))

async function isWithin(limiter: RateLimit, key: string): Promise<boolean> {
  try {
    return (await limiter.limit({ key })).success
  } catch {
    return true
  }
}
