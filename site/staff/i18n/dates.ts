// Formats days and moments. The server stores only the day of a report; the minute of writing is
// sealed inside.
import { dayNumber } from '#protocol/time'
import type { Messages } from './messages.tsx'

/** Returns the age of a day in words. @param day  `2026-11-24`, UTC */
export function ageOf(day: string, nowMs: number, { t }: Pick<Messages, 't'>): string {
  const days = dayNumber(nowMs) - dayNumber(Date.parse(day))
  if (days <= 0) return t('staff.age.today')
  return days === 1 ? t('staff.age.yesterday') : t('staff.age.days', { n: days })
}

/** Writes a day as `24.11.2026`. */
export const dayInDigits = (day: string): string => day.split('-').reverse().join('.')

const LOCAL = /^(\d{4}-\d\d-\d\d)T(\d\d:\d\d)/

/**
 * Writes a moment in the reader's local time: `24.11.2026 21:05`, with a non-breaking space.
 * @returns '' for a text that is not a time in the years 0 to 9999
 */
export function momentInDigits(iso: string): string {
  const at = new Date(iso)
  // The time zone offset may lead outside the range of a Date.
  const local = new Date(at.getTime() - at.getTimezoneOffset() * 60_000)
  if (Number.isNaN(local.getTime())) return ''
  const [, day, time] = LOCAL.exec(local.toISOString()) ?? []
  return day && time ? `${dayInDigits(day)}\u00a0${time}` : ''
}
