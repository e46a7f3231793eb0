import { expect, test } from 'vitest'
import { keepNumbers, writtenDay } from '#site/i18n/day.ts'

test('a day, a month and a year are written as people here write them', () => {
  expect(writtenDay('2026-11-24')).toBe('24.11.2026')
  expect(writtenDay('2025-04')).toBe('04.2025')
  expect(writtenDay('2012')).toBe('2012')
})

test('a telephone number is not broken over two lines, and words may be', () => {
  expect(keepNumbers('Call +996 999 312 002 first')).toBe(
    'Call +996\u00a0999\u00a0312\u00a0002 first',
  )
  expect(keepNumbers('Ambulance 103, fire 101')).toBe('Ambulance 103, fire 101')
})
