import { expect, test } from 'vitest'
import { contacts } from '#content/published.ts'
import { buildTime, isStale, staleOf } from '#content/stale.ts'
import { languages } from '#content/languages.ts'
import { t } from '#site/i18n/text.ts'

const day = (text: string): number => Date.parse(text)

test('A record checked 90 days ago is fresh, and a record checked 91 days ago is stale', () => {
  expect(isStale('2026-01-01', day('2026-04-01'))).toBe(false)
  expect(isStale('2026-01-01', day('2026-04-02'))).toBe(true)
  expect(isStale('2026-01-01', day('2025-12-31'))).toBe(false)
})

test('Every contact is stale a year after its check, and none on the day of the check', () => {
  const days = contacts.map(({ lastChecked }) => day(lastChecked))
  expect(staleOf(contacts, Math.min(...days))).toEqual([])
  expect(staleOf(contacts, Math.max(...days) + 366 * 86_400_000)).toEqual(contacts)
})

test('A setting gives a build its day, and a value that is not a day stops the build', () => {
  expect(buildTime('2027-06-01')).toBe(day('2027-06-01'))
  expect(() => buildTime('soon')).toThrow('OASIS_TODAY')
  expect(Math.abs(buildTime('') - Date.now())).toBeLessThan(10_000)
})

test('Every language has a sentence about stale contacts', () => {
  for (const lang of languages) expect(t(lang, 'contacts.stale')).toMatch(/\.$/)
})
