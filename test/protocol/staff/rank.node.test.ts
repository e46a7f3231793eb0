// Checks the order of the list: its groups, the ranks in them, and the lanes.
import { expect, test } from 'vitest'
import { GRADES } from '#protocol/limits'
import { STATUSES } from '#protocol/staff/fields'
import {
  groupOf,
  isNewGroup,
  laneOf,
  MERGED_RANK,
  RANK_GROUPS,
  rankOf,
  ranksOf,
  readRank,
  type RankFacts,
} from '#protocol/staff/list/rank'

const ALL: RankFacts[] = STATUSES.flatMap((status) =>
  [true, false].flatMap((danger) => GRADES.map((grade) => ({ status, danger, grade }))),
)
const sorted = (numbers: readonly number[]): number[] => numbers.toSorted((a, b) => a - b)

test('The list shows danger first, then new, in progress and closed cases', () => {
  const found = ALL.toSorted((a, b) => rankOf(a) - rankOf(b)).map(groupOf)
  expect([...new Set(found)]).toEqual([
    { danger: true, status: 'new' },
    { danger: true, status: 'in_progress' },
    { danger: false, status: 'new' },
    { danger: false, status: 'in_progress' },
    { status: 'closed' },
  ])
})

test('Every case that is not merged has a rank from 0 to 19, and every rank is used', () => {
  const ranks = Array.from({ length: 20 }, (_, rank) => rank)
  expect(sorted([...new Set(ALL.map(rankOf))])).toEqual(ranks)
  expect(sorted(ranksOf(() => true))).toEqual(ranks)
  expect(MERGED_RANK).toBeGreaterThan(Math.max(...ranks))
})

test('Lane A comes before lane B in each group', () => {
  for (const group of RANK_GROUPS) {
    const inGroup = ALL.filter((facts) => groupOf(facts) === group)
    const lanes = inGroup.toSorted((a, b) => rankOf(a) - rankOf(b)).map(laneOf)
    expect(lanes.join('')).toMatch(/^A+B+$/)
  }
})

test('The ranks of new cases are those that rankOf gives to them', () => {
  const given = ALL.filter(({ status }) => status === 'new').map(rankOf)
  expect(sorted(ranksOf(isNewGroup))).toEqual(sorted(given))
})

test('A text is a rank only if the list writes it so', () => {
  expect(['0', '7', '19'].map(readRank)).toEqual([0, 7, 19])
  for (const text of ['', '20', '32', '05', '-1', '1.0', '1e1'])
    expect(readRank(text)).toBe(undefined)
})
