// Finds records whose last check was too long ago. A page shows a stale record with a warning,
// because an old number is better than none. A build lists every stale record.
import type { AstroIntegration } from 'astro'

const DAY_MS = 86_400_000

export const STALE_DAYS = 90

interface Checked {
  id: string
  lastChecked: string
}

/** Returns true when a day (YYYY-MM-DD) is more than 90 days before `now` (milliseconds). */
export const isStale = (day: string, now: number): boolean =>
  (now - Date.parse(day)) / DAY_MS > STALE_DAYS

/** Returns the records that have not been checked for more than 90 days. */
export const staleOf = <T extends Checked>(records: readonly T[], now: number): T[] =>
  records.filter(({ lastChecked }) => isStale(lastChecked, now))

/**
 * Returns the time that a build uses as "now": the real time, or the day in OASIS_TODAY. With
 * OASIS_TODAY, builds of the same sources are identical on different days.
 */
export function buildTime(today = process.env['OASIS_TODAY']): number {
  if (today === undefined || today === '') return Date.now()
  const time = Date.parse(today)
  if (Number.isNaN(time)) throw new Error(`OASIS_TODAY=${today} is no day: write YYYY-MM-DD`)
  return time
}

/** Returns an Astro integration that lists the stale records at the start of a build. */
export function staleWarning(records: readonly Checked[]): AstroIntegration {
  return {
    name: 'stale-checks',
    hooks: {
      'astro:build:start': ({ logger }) => {
        const names = staleOf(records, buildTime()).map(({ id }) => id)
        if (names.length > 0)
          logger.warn(`not checked for more than ${STALE_DAYS} days: ${names.join(', ')}`)
      },
    },
  }
}
