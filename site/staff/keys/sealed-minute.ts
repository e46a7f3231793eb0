// The minute that is sealed with somebody's words was written by their device, not by ours: it may be anything.
import { minuteOf } from '#protocol/report'

const MINUTE = /^\d{4}-\d\d-\d\dT\d\d:\d\dZ$/

/** `at` when it is a minute of a real day as the protocol writes it, else an empty text: nothing is shown then. */
export const sealedMinute = (at: string): string => (MINUTE.test(at) && isReal(at) ? at : '')

// A 30th of February is read as a day of March, or not at all.
function isReal(at: string): boolean {
  const ms = Date.parse(at)
  return !Number.isNaN(ms) && minuteOf(ms) === at
}
