// Formats times as reports, replies and the store have them: minutes and days in UTC. Only the due
// day of a task and the hours of alerts are those of the organisation's place: content/clock.ts.
import { DAY_MS } from './limits.ts'

/** Returns the minute of `ms` in ISO 8601, as in reports and replies: `2026-11-24T21:05Z`. */
export const minuteOf = (ms: number): string => new Date(ms).toISOString().slice(0, 16) + 'Z'

/** Returns the UTC day of `ms` in ISO 8601, as the edge stores it: `2026-11-24`. */
export const dayOf = (ms: number): string => new Date(ms).toISOString().slice(0, 10)

/** Returns the whole days from 1 January 1970, UTC, to `ms`. */
export const dayNumber = (ms: number): number => Math.floor(ms / DAY_MS)
