import { expect, test } from 'vitest'
import { messageDay } from '#protocol/time'

test('The day of a message is written in digits: day, month and year', () => {
  expect(messageDay(new Date(2026, 10, 29, 12))).toBe('29.11.2026')
  expect(messageDay(new Date(2027, 0, 5, 0))).toBe('05.01.2027')
  expect(messageDay(new Date(2027, 0, 5, 23, 59))).toBe('05.01.2027')
})

test('A Date that is not a time has no digits, and throws nothing', () => {
  expect(messageDay(new Date('soon'))).not.toMatch(/\d/)
})
