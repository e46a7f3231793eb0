import { expect, test } from 'vitest'
import { ownFigures, yearsOf } from '#site/staff/figures/own-tables.ts'
import { shownNumber, shownSum } from '#site/staff/figures/small-numbers.ts'
import { csvText } from '#site/staff/figures/write-csv.ts'
import type { HelpedPerson } from '#site/staff/figures/helped-people.ts'
import type { IndexedCase } from '#site/staff/search/case-index.ts'

const CHOICE = { year: '2026', isNow: true, countries: null }

type Counted = Pick<IndexedCase, 'counts' | 'referrals'>
const ofCase = (
  counts: Partial<IndexedCase['counts']> = {},
  states: [string, string][] = [],
): Counted => ({
  counts: {
    ...{ since: '2026-03-01', status: 'new', statusDay: null, waits: true },
    ...{ letters: [], replies: [], people: [], accused: [], ...counts },
  },
  referrals: states.map(([day, state]) => ({ signed: { day, state } })) as never,
})
const person = (exploitedIn: string[] | 'unknown' | null, year = '2026'): HelpedPerson => ({
  ...{ year, kinds: ['legal', 'papers'] },
  facts: {
    record: 1,
    role: 'victim',
    gender: null,
    under18: null,
    exploitation: null,
    exploitedIn,
  },
})

const tablesOf = (cases: Counted[], people: HelpedPerson[], choice = CHOICE) =>
  ownFigures(cases, people, choice).tables.map(({ name, rows, total }) => [
    name,
    total,
    ...rows.map(({ code, n }) => `${code} ${n}`),
  ])

test('A year without anything has tables without rows', () => {
  expect(tablesOf([], [])).toEqual([
    ['help', 0],
    ['cases', 0],
    ['referrals', 0],
    ['country', 0],
  ])
})

test('New and closed cases are of the year, and open ones are counted as they are now', () => {
  const cases = [
    ofCase(),
    ofCase({ status: 'in_progress', statusDay: '2026-04-01', waits: false }),
    ofCase({ since: '2025-11-01', status: 'closed', statusDay: '2026-01-02' }),
    ofCase({ status: 'closed', statusDay: '2025-12-30', since: '2025-12-01' }),
    ofCase({ since: null }),
  ]
  const [, now] = tablesOf(cases, [])
  expect(now).toEqual(['cases', 2, 'new 2', 'closed 1', 'open 2', 'waits 1'])
  const [, past] = tablesOf(cases, [], { ...CHOICE, year: '2025', isNow: false })
  expect(past).toEqual(['cases', 2, 'new 2', 'closed 1'])
})

test('A referral counts in the year in which it was made, by what has become of it', () => {
  const cases = [
    ofCase({}, [
      ['2026-02-01', 'accepted'],
      ['2026-02-02', 'told'],
      ['2026-02-03', 'revoked'],
    ]),
    ofCase({}, [['2025-12-31', 'done']]),
  ]
  expect(tablesOf(cases, [])[2]).toEqual(['referrals', 3, 'accepted 1', 'revoked 2'])
})

test('A person counts once in each country, and rare countries are others unless asked', () => {
  const people = [person(['RU', 'BH', 'OM']), person(['RU']), person('unknown'), person(null)]
  expect(tablesOf([], [...people, person(['TR'], '2025')])[3]).toEqual([
    ...['country', 2, 'RU 2', 'BH 1', 'OM 1'],
  ])
  const few = { ...CHOICE, countries: ['RU'] as const }
  expect(ownFigures([], people, few).tables[3]?.rows).toEqual([
    { code: 'RU', n: 2 },
    { code: 'elsewhere', n: 1 },
  ])
})

test('The first reply is a median over the letters of the year', () => {
  const cases = [30, 90, 600].map((minutes) => ofCase({ replies: [{ year: '2026', minutes }] }))
  const other = ofCase({ replies: [{ year: '2025', minutes: 1 }] })
  expect(ownFigures([...cases, other], [], CHOICE).reply).toEqual({ minutes: 90, answered: 3 })
  expect(ownFigures(cases.slice(1), [], CHOICE).reply).toEqual({ minutes: 345, answered: 2 })
  expect(ownFigures([other], [], CHOICE).reply).toBeNull()
})

test('Letters are counted in the year in which they arrived', () => {
  const letters = [
    { year: '2025', n: 3 },
    { year: '2026', n: 4 },
  ]
  expect(ownFigures([ofCase({ letters }), ofCase({ letters })], [], CHOICE).letters).toBe(8)
})

test('Small numbers are written as 1–10 and sums are rounded, unless they stay inside', () => {
  const small = '1–10'
  expect([0, 1, 10, 11].map((n) => shownNumber(n, false))).toEqual(['0', small, small, '11'])
  expect([0, 1, 10, 11].map((n) => shownNumber(n, true))).toEqual(['0', '1', '10', '11'])
  expect([0, 4, 12, 103].map((n) => shownSum(n, false))).toEqual(['0', small, '10', '105'])
  expect(shownSum(103, true)).toBe('103')
})

test('A cell that a spreadsheet would run, or that has a semicolon, is made harmless', () => {
  expect(
    csvText([
      ['вид', 'людей'],
      ['вещи; еда', '14'],
      ['=1+1', '-5'],
    ]),
  ).toBe('вид;людей\r\n"вещи; еда";14\r\n\'=1+1;\'-5\r\n')
})

test('The years are those with cases, help or tables that left, and the current one', () => {
  const cases = [ofCase({ since: '2024-05-01' }), ofCase({ since: null })]
  const years = yearsOf(cases, [person(null, '2025')], [{ year: 2023 }], '2026')
  expect(years).toEqual(['2026', '2025', '2024', '2023'])
  expect(yearsOf([ofCase({ since: '2031-01-01' })], [], [], '2026')).toEqual(['2026'])
})
