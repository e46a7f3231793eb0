import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, expect, test, vi } from 'vitest'
import { root } from '#scripts/shared/paths'
import {
  dayOfRun,
  DAYS,
  isSerialFile,
  ofDay,
  slowBrowserTestsOf,
  slowFilesOf,
} from '#scripts/test/slow-of-day'

const EVERY_DAY = Array.from({ length: DAYS }, (_, day) => day)

afterEach(() => vi.unstubAllEnvs())

test('Each slow test has one day in two weeks, and no day has many more than another', () => {
  const tests = Array.from({ length: 45 }, (_, at) => at)
  const days = EVERY_DAY.map((day) => ofDay(tests, day))
  expect(days.flat().sort((one, other) => one - other)).toEqual(tests)
  expect(Math.max(...days.map(({ length }) => length))).toBe(4)
  expect(Math.min(...days.map(({ length }) => length))).toBe(3)
})

test('The days of two weeks run every slow file of Vitest in this project', () => {
  const files = readdirSync(join(root, 'test'), { recursive: true, encoding: 'utf8' })
  const slow = files.filter((file) => file.includes('.soak.') && file.includes('.test.'))
  const chosen = new Set(EVERY_DAY.flatMap(slowFilesOf))
  expect([...chosen].sort()).toEqual(slow.map((file) => `test/${file}`).sort())
  for (const file of chosen) expect([file, existsSync(join(root, file))]).toEqual([file, true])
})

test('The days of two weeks take every browser test, and name the files to read', () => {
  const titles = Array.from({ length: 30 }, (_, at) => `A test ${at}`)
  const specs = (file: string) => titles.map((title) => ({ title, file }))
  const own = { title: 'a.e2e.ts', file: 'a.e2e.ts', specs: specs('a.e2e.ts') }
  const group = { title: 'a group', file: 'b.e2e.ts', specs: specs('shared.ts') }
  const shared = { title: 'b.e2e.ts', file: 'b.e2e.ts', specs: [], suites: [group] }
  const days = EVERY_DAY.map((day) =>
    slowBrowserTestsOf({ suites: [own, shared] }, day, () => false),
  )
  expect(days.flatMap(({ tests }) => tests).sort()).toEqual(
    [
      ...titles.map((title) => `a.e2e.ts › ${title}`),
      ...titles.map((title) => `shared.ts › a group › ${title}`),
    ].sort(),
  )
  for (const { files } of days) expect(files).toEqual(FILES)
})

test('The tests of a serial file continue each other, so they share one day', () => {
  const specs = (file: string, count: number) =>
    Array.from({ length: count }, (_, at) => ({ title: `A test ${at}`, file }))
  const suites = ['a.e2e.ts', 'long-shift.soak.e2e.ts', 'z.e2e.ts'].map((file) => ({
    ...{ title: file, file, specs: specs(file, 5), suites: [] },
  }))
  const isSerial = (file: string): boolean => file.startsWith('long')
  const days = EVERY_DAY.map((day) => slowBrowserTestsOf({ suites }, day, isSerial).tests)
  const shares = days.map((tests) => tests.filter((line) => line.startsWith('long')))
  expect(shares.filter(({ length }) => length > 0)).toEqual([
    Array.from({ length: 5 }, (_, at) => `long-shift.soak.e2e.ts › A test ${at}`),
  ])
  expect(days.flat()).toHaveLength(15)
})

test('A file is serial when it says so', () => {
  expect(isSerialFile('staff/long-shift.soak.e2e.ts')).toBe(true)
  expect(isSerialFile('staff/answering.e2e.ts')).toBe(false)
})

const FILES = ['a.e2e.ts › (read)', 'b.e2e.ts › (read)']

test('The next day of the calendar has other slow tests, and OASIS_DAY chooses a day', () => {
  vi.useFakeTimers({ now: Date.parse('2026-12-01') })
  const today = dayOfRun()
  vi.setSystemTime(Date.parse('2026-12-02T23:59Z'))
  expect(dayOfRun()).toBe((today + 1) % DAYS)
  vi.stubEnv('OASIS_DAY', '13')
  expect(dayOfRun()).toBe(13)
  vi.stubEnv('OASIS_DAY', '14')
  expect(dayOfRun).toThrow('OASIS_DAY=14 is no day: say a number from 0 to 13.')
})
