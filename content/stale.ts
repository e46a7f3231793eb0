// What was looked at too long ago to be shown as checked. The day is the reader's warning: nothing is hidden because it is old.
const DAY_MS = 86_400_000

export const STALE_DAYS = 90

type Checked = { id: string; lastChecked: string }

/** True when the day, as YYYY-MM-DD, lies more than 90 days before `now` (milliseconds). */
export const isStale = (day: string, now: number): boolean =>
  (now - Date.parse(day)) / DAY_MS > STALE_DAYS

/** Records that nobody has looked at for more than 90 days. */
export const staleOf = <T extends Checked>(records: readonly T[], now: number): T[] =>
  records.filter(({ lastChecked }) => isStale(lastChecked, now))

/** The moment from which a build counts: now, or the day in OASIS_TODAY, so that two builds of one day's sources are the same. */
export function buildTime(today = process.env['OASIS_TODAY']): number {
  if (today === undefined || today === '') return Date.now()
  const time = Date.parse(today)
  if (Number.isNaN(time)) throw new Error(`OASIS_TODAY=${today} is no day: write YYYY-MM-DD`)
  return time
}
