// Computes the organisation's local time, for alert hours and task days. Reports, replies and the
// store use minutes and days in UTC.
import organisation from './organisation.json' with { type: 'json' }

const AHEAD_MS = organisation.place.hoursAhead * 3_600_000

/** Converts `ms` to the organisation's local time. */
export const localMs = (ms: number): number => ms + AHEAD_MS

/**
 * Returns the local day at `ms`, such as `2026-11-24`. The local day decides when tasks are due.
 */
export const localDayOf = (ms: number): string => new Date(localMs(ms)).toISOString().slice(0, 10)
