import { expect, test } from 'vitest'
import { leavingState } from '#site/staff/figures/leaving-state.ts'
import type { HelpedPerson } from '#site/staff/figures/helped-people.ts'
import type { LeftFigures } from '#protocol/staff/figures'

const LIST = { since: 2026, tables: ['help', 'sex'], countries: [] } as const
const people = (count: number, kind: 'legal' | 'work'): HelpedPerson[] =>
  Array.from({ length: count }, () => ({ year: '2026', kinds: [kind], facts: null }))
const HELPED = [...people(44, 'legal'), ...people(21, 'work')]
const ROSTER = {
  figures: [],
  checkpoint: { signedBy: 'aigul', row: 12, at: '2027-01-09T03:00Z', cases: 4, digest: '' },
}

const stateOf = (changes: Partial<Parameters<typeof leavingState>[0]> = {}) =>
  leavingState({
    ...{ year: 2026, helped: HELPED, letters: 153, list: LIST, isRead: true, isTrial: false },
    ...{ roster: ROSTER, at: '2027-01-10T10:00Z', ...changes },
  })

const leavingNow = () => {
  const state = stateOf()
  if (state.is !== 'ready') throw new Error('the tables may not leave')
  return state.leaving
}
const left = (change: Partial<LeftFigures> = {}): LeftFigures => ({
  ...leavingNow(),
  ...{ signedBy: 'aigul', row: 13, at: '2027-01-10T10:01Z', ...change },
})

test('The tables of a year that is over may leave, and count to the checkpoint', () => {
  expect(stateOf()).toMatchObject({
    is: 'ready',
    leaving: { year: 2026, since: 2026, countries: [], people: 65, letters: 155, checkpoint: 12 },
  })
})

test.each([
  ['of a trial organisation', 'trial', { isTrial: true }],
  ['of a year that is not over', 'running', { year: 2027 }],
  ['before every case was read', 'unread', { isRead: false }],
  ['while the ledger is not whole', 'ledger', { roster: null }],
  ['before a checkpoint', 'ledger', { roster: { ...ROSTER, checkpoint: null } }],
  ['of fewer than eleven people', 'few', { helped: people(10, 'legal') }],
] as const)('The tables %s do not leave: %s', (_of, why, changes) => {
  expect(stateOf(changes)).toEqual({ is: 'kept', why })
})

test('A year before the last one that left, and a list of other tables, do not leave', () => {
  const later = { ...ROSTER, figures: [left({ year: 2027 })] }
  expect(stateOf({ roster: later })).toEqual({ is: 'kept', why: 'late' })
  const other = { ...ROSTER, figures: [left({ year: 2025, tables: [] })] }
  expect(stateOf({ roster: other })).toEqual({ is: 'kept', why: 'late' })
})

test('Tables that left are shown as they left, whatever the cases say today', () => {
  const roster = { ...ROSTER, figures: [left()] }
  expect(stateOf({ roster })).toEqual({ is: 'left', left: left(), differs: false })
  const changed = [...HELPED, ...people(9, 'work')]
  expect(stateOf({ roster, helped: changed })).toEqual({ is: 'left', left: left(), differs: true })
  expect(stateOf({ roster, helped: [] })).toMatchObject({ is: 'left', differs: true })
})

test('Nothing is said of a difference before every case was read, or with another list', () => {
  const roster = { ...ROSTER, figures: [left()] }
  const helped = people(30, 'legal')
  expect(stateOf({ roster, helped, isRead: false })).toMatchObject({ differs: false })
  const list = { ...LIST, since: 2031 }
  expect(stateOf({ roster, helped, list })).toMatchObject({ differs: false })
  const countries = { ...LIST, countries: ['RU'] }
  expect(stateOf({ roster, helped, list: countries })).toMatchObject({ differs: false })
})
