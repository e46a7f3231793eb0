// Formats times for reports, replies and the store: minutes and days in UTC. Only the due day of a
// task and the hours of alerts use the organisation's time zone: see content/clock.ts.
import { DAY_MS } from './limits.ts'

/** Returns the minute of `ms` in ISO 8601, as in reports and replies: `2026-11-24T21:05Z`. */
export const minuteOf = (ms: number): string => new Date(ms).toISOString().slice(0, 16) + 'Z'

/** Returns the UTC day of `ms` in ISO 8601, as the edge stores it: `2026-11-24`. */
export const dayOf = (ms: number): string => new Date(ms).toISOString().slice(0, 10)

/**
 * Formats the day of a message in the device's time zone, as every page shows it: `24.11.2026`. The
 * page, the form and the staff's preview use digits, because many browsers and workerd lack Kyrgyz
 * month names. All three use the Russian order of day, month and year, with leading zeros.
 *
 * @returns a string without digits for an invalid Date
 */
export const messageDay = (at: Date): string => at.toLocaleDateString('ru')

/** Returns the number of whole days from 1 January 1970, UTC, to `ms`. */
export const dayNumber = (ms: number): number => Math.floor(ms / DAY_MS)
