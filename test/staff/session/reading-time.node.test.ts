import { expect, test } from 'vitest'
import {
  afterMinute,
  BREAK_MINUTES,
  HOUR_MINUTES,
  isBreakDue,
  NOTHING_READ,
  type ReadingTime,
} from '#site/staff/session/reading-time.ts'

const after = (minutes: number, isReading: boolean, time: ReadingTime = NOTHING_READ) =>
  Array.from({ length: minutes }).reduce<ReadingTime>((now) => afterMinute(now, isReading), time)

test('A break is due after an hour of reading and not before', () => {
  expect(isBreakDue(after(HOUR_MINUTES - 1, true))).toBe(false)
  expect(isBreakDue(after(HOUR_MINUTES, true))).toBe(true)
})

test('A short pause does not start the hour again, and a break does', () => {
  const half = after(30, true)
  expect(isBreakDue(after(30, true, after(BREAK_MINUTES - 1, false, half)))).toBe(true)
  expect(isBreakDue(after(59, true, after(BREAK_MINUTES, false, half)))).toBe(false)
})
