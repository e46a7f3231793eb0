// Formats days and moments. The server stores only the UTC day of a report. The minute of writing
// is sealed inside the report. "Today" and "yesterday" refer to the reader's local day.
import { dayNumber } from '#protocol/time'
import type { Messages } from './messages.tsx'

/** Returns a timestamp whose UTC form shows the reader's local time at `ms`. */
const readerMs = (ms: number): number => ms - new Date(ms).getTimezoneOffset() * 60_000

/**
 * Returns the number of days since a UTC day, counted in the reader's local days. Returns
 * `last_day` when the day is not over in UTC, but the reader's local date is already one day later.
 * For the reader, a moment on that UTC day may then have been yesterday or today.
 */
function daysSince(day: string, nowMs: number): number | 'last_day' {
  const then = dayNumber(Date.parse(day))
  const days = dayNumber(readerMs(nowMs)) - then
  if (days === 1 && dayNumber(nowMs) === then) return 'last_day'
  return Math.max(0, days)
}

function inWords(days: number | 'last_day', { t }: Pick<Messages, 't'>): string {
  if (days === 'last_day') return t('staff.age.last_day')
  if (days === 0) return t('staff.age.today')
  return days === 1 ? t('staff.age.yesterday') : t('staff.age.days', { n: days })
}

/** Returns in words how long ago a day was. @param day  `2026-11-24`, UTC */
export const ageOf = (day: string, nowMs: number, words: Pick<Messages, 't'>): string =>
  inWords(daysSince(day, nowMs), words)

/**
 * Returns how long ago a day was and, if more than one day has passed, its date in digits. For a
 * more recent UTC day, the date is omitted, because it may be a different one for the reader.
 */
export const dayWithAge = (day: string, nowMs: number, words: Pick<Messages, 't'>): string =>
  [ageOf(day, nowMs, words), ...(Number(daysSince(day, nowMs)) > 1 ? [dayInDigits(day)] : [])].join(
    ' · ',
  )

/** Describes the time since a UTC day, for a case that is waiting. */
export function waitingTime(day: string, nowMs: number, { t }: Pick<Messages, 't'>): string {
  const days = daysSince(day, nowMs)
  if (days === 'last_day') return t('staff.list.since.last_day')
  return days === 0 ? t('staff.list.since.today') : t('staff.list.since.days', { n: days })
}

/**
 * Returns the age and the moment of a message, to the minute if it is known.
 *
 * @param at  a time in ISO 8601; any other string counts as unknown
 */
export function momentWithAge(
  { at, day }: { at: string; day: string },
  nowMs: number,
  words: Pick<Messages, 't'>,
): string {
  const moment = momentInDigits(at)
  if (moment === '') return dayWithAge(day, nowMs, words)
  const days = dayNumber(readerMs(nowMs)) - dayNumber(readerMs(Date.parse(at)))
  return `${inWords(Math.max(0, days), words)} · ${moment}`
}

/** Formats a day as `24.11.2026`. */
export const dayInDigits = (day: string): string => day.split('-').reverse().join('.')

const LOCAL = /^(\d{4}-\d\d-\d\d)T(\d\d:\d\d)/

/**
 * Formats a moment in the reader's local time: `24.11.2026 21:05`, with a non-breaking space.
 * @returns '' for a string that is not a time in the years 0 to 9999
 */
export function momentInDigits(iso: string): string {
  const at = new Date(iso)
  // The time zone offset may exceed the range of a Date.
  const local = new Date(readerMs(at.getTime()))
  if (Number.isNaN(local.getTime())) return ''
  const [, day, time] = LOCAL.exec(local.toISOString()) ?? []
  return day && time ? `${dayInDigits(day)}\u00a0${time}` : ''
}

/**
 * Formats the reader's local day of a moment as `24.11.2026`; '' for a string that is not a time.
 */
export const localDayInDigits = (iso: string): string => momentInDigits(iso).slice(0, 10)
