// Chunks come at a bounded pace, so that no flood of them uses up the storage's day: at one for all of them together, and at a lower one
// for each report, so that one cannot use up everybody's. Only what would be kept is counted. Whoever is over a bound is asked to
// come again; nobody is told apart but by the random id of the report that the chunk names.
import { toB64, type Bytes } from '#protocol/bytes'

export interface Paces {
  /** counts the chunks of each report; a chunk that it stops is not counted for everybody */
  ofOne: RateLimit
  ofAll: RateLimit
}

const EVERYBODY = 'everybody'

/** Seconds after which to try again. */
export const PACE_SECONDS = 10

/** Counts a chunk. False when they come faster than they may. A counter that fails counts nothing. */
export const isWithinPace = async ({ ofOne, ofAll }: Paces, owner: Bytes): Promise<boolean> =>
  (await isWithin(ofOne, toB64(owner))) && (await isWithin(ofAll, EVERYBODY))

async function isWithin(pace: RateLimit, key: string): Promise<boolean> {
  try {
    return (await pace.limit({ key })).success
  } catch {
    return true
  }
}
