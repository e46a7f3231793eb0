// Decides when a danger has gone unconfirmed for so long that the app asks about it. The app only
// asks: a colleague confirms or lifts the danger, and the app never lifts it.
import type { QueueItem } from '#protocol/staff/list/queue'
import { dayNumber } from '#protocol/time'

/** The app asks after this many days without a confirmation. */
export const DANGER_DAYS = 14

/**
 * Returns the number of days since the danger was last reported or confirmed, if the app should ask
 * about it. Returns null before that day, for a case without a danger, and for a closed case.
 */
export function daysUnconfirmed(
  { status, danger, dangerDay }: Pick<QueueItem, 'status' | 'danger' | 'dangerDay'>,
  nowMs: number,
): number | null {
  if (!danger || dangerDay === null || status === 'closed') return null
  const days = dayNumber(nowMs) - dayNumber(Date.parse(dangerDay))
  return days >= DANGER_DAYS ? days : null
}
