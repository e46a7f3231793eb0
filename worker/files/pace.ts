// Chunks from everybody together come at a bounded pace, so that no flood of them uses up the storage's day. Whoever is over the
// bound is asked to come again, never turned away; nobody is told apart.

/** The one key there is: the bound is everybody's. */
const EVERYBODY = 'everybody'

/** Seconds after which to try again. */
export const PACE_SECONDS = 10

/** False when chunks come faster than they may. A counter that fails counts nothing. */
export async function isWithinPace(pace: RateLimit): Promise<boolean> {
  try {
    return (await pace.limit({ key: EVERYBODY })).success
  } catch {
    return true
  }
}
