import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { ageOf, dayWithAge, momentWithAge, waitingTime } from '#site/staff/i18n/dates.ts'

/** Six hours ahead of UTC, as in Bishkek. */
beforeEach(() => void vi.spyOn(Date.prototype, 'getTimezoneOffset').mockReturnValue(-360))
afterEach(() => vi.restoreAllMocks())

const words = {
  t: (key: string, params: { n?: number } = {}) =>
    [key, ...(params.n === undefined ? [] : [params.n])].join(' '),
} as Parameters<typeof ageOf>[2]
const local = (time: string): number => Date.parse(`${time}+06:00`)

describe('At night the UTC day is the day before', () => {
  const night = local('2026-11-30T03:39:00')

  test('A report of the current UTC day came within the last 24 hours, not surely today', () => {
    expect(ageOf('2026-11-29', night, words)).toBe('staff.age.last_day')
    expect(dayWithAge('2026-11-29', night, words)).toBe('staff.age.last_day')
    expect(waitingTime('2026-11-29', night, words)).toBe('staff.list.since.last_day')
  })

  test('A letter whose minute is known was written today or yesterday by the reader’s day', () => {
    const at = (time: string) => ({ at: new Date(local(time)).toISOString(), day: '2026-11-29' })
    expect(momentWithAge(at('2026-11-30T03:20:00'), night, words)).toBe(
      'staff.age.today · 30.11.2026\u00a003:20',
    )
    expect(momentWithAge(at('2026-11-29T23:20:00'), night, words)).toBe(
      'staff.age.yesterday · 29.11.2026\u00a023:20',
    )
    expect(momentWithAge({ at: 'soon', day: '2026-11-27' }, night, words)).toBe(
      'staff.age.days 3 · 27.11.2026',
    )
  })

  test('Earlier days count from the reader’s day', () => {
    expect(ageOf('2026-11-28', night, words)).toBe('staff.age.days 2')
    expect(waitingTime('2026-11-28', night, words)).toBe('staff.list.since.days 2')
  })
})

describe('By day both are the same', () => {
  const noon = local('2026-11-30T12:00:00')

  test('Today, yesterday and earlier days', () => {
    expect(ageOf('2026-11-30', noon, words)).toBe('staff.age.today')
    expect(ageOf('2026-11-29', noon, words)).toBe('staff.age.yesterday')
    expect(dayWithAge('2026-11-29', noon, words)).toBe('staff.age.yesterday')
    expect(dayWithAge('2026-11-20', noon, words)).toBe('staff.age.days 10 · 20.11.2026')
    expect(waitingTime('2026-11-30', noon, words)).toBe('staff.list.since.today')
  })

  test('A day that has not come yet counts as today', () => {
    expect(ageOf('2026-12-01', noon, words)).toBe('staff.age.today')
  })
})

test('West of UTC the reader’s day is never ahead', () => {
  vi.spyOn(Date.prototype, 'getTimezoneOffset').mockReturnValue(300)
  const evening = Date.parse('2026-11-29T21:00:00-05:00')
  expect(ageOf('2026-11-30', evening, words)).toBe('staff.age.today')
})
