// Days in words. The server knows only the day a report came in, so there is no hour to show.
import { DAY_MS, dayNumber } from '#protocol/limits'
import { type Words } from './words.tsx'

/** @param day  `2026-11-24`, UTC */
export function ageOf(day: string, nowMs: number, { t }: Pick<Words, 't'>): string {
  const days = dayNumber(nowMs) - dayNumber(Date.parse(day))
  if (days <= 0) return t('staff.age.today')
  return days === 1 ? t('staff.age.yesterday') : t('staff.age.days', { n: days })
}

/** `24.11.2026` */
export const dayInDigits = (day: string): string => day.split('-').reverse().join('.')

/** The moment by the reader's own clock: `24.11.2026 21:05`. Empty for a text that is no moment. */
export function momentInDigits(iso: string): string {
  const at = new Date(iso)
  if (Number.isNaN(at.getTime())) return ''
  const local = new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString()
  return `${dayInDigits(local.slice(0, 10))} ${local.slice(11, 16)}`
}

/** The day `days` from now, in digits. */
export const dayAfter = (nowMs: number, days: number): string =>
  dayInDigits(new Date(nowMs + days * DAY_MS).toISOString().slice(0, 10))
