// Decides when a danger is so old that the app asks whether it still exists. The app only asks: a
// colleague confirms or lifts the danger, and nothing lifts it by itself.
import type { QueueItem } from '#protocol/staff/list/queue'
import { dayNumber } from '#protocol/time'

/** After this many days without a confirmation the app asks. */
export const DANGER_DAYS = 14

/**
 * Returns the days since the danger was last said or confirmed, once the app asks about it. Returns
 * null before that, without danger, and for a closed case.
 */
export function daysUnconfirmed(
  { status, danger, dangerDay }: Pick<QueueItem, 'status' | 'danger' | 'dangerDay'>,
  nowMs: number,
): number | null {
  if (!danger || dangerDay === null || status === 'closed') return null
  const days = dayNumber(nowMs) - dayNumber(Date.parse(dangerDay))
  return days >= DANGER_DAYS ? days : null
}
