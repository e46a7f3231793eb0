// Checks the order of the list: the groups, the ranks within each group, and the lanes.
import { expect, test } from 'vitest'
import { GRADES } from '#protocol/limits'
import { STATUSES, WAITING_FOR } from '#protocol/staff/fields'
import {
  GROUPS,
  laneOf,
  MERGED_RANK,
  linePlaceOf,
  rankOf,
  type LineFacts,
  type RankFacts,
} from '#protocol/staff/list/rank'

const BOTH = [true, false]
const ALL: RankFacts[] = STATUSES.flatMap((status) =>
  WAITING_FOR.flatMap((waitsFor) =>
    BOTH.flatMap((danger) =>
      BOTH.flatMap((acted) => GRADES.map((grade) => ({ status, waitsFor, danger, acted, grade }))),
    ),
  ),
)
const CALM = { today: '2026-11-25', isFlood: false }
const FLOOD = { ...CALM, isFlood: true }
const placed = (facts: Partial<LineFacts>, at = CALM) =>
  linePlaceOf(
    {
      ...{ id: 'x', status: 'new', waitsFor: 'us', danger: false, acted: false, grade: 1 },
      ...{ waitsSince: '2026-11-20', dueDay: null },
      ...facts,
    },
    at,
  )

test('A danger without an act comes first, whatever the status, and closed cases come last', () => {
  expect(GROUPS).toEqual(['danger', 'due', 'us', 'person', 'closed'])
  for (const facts of ALL) {
    const { group } = placed(facts)
    if (facts.status === 'closed') expect([facts, group]).toEqual([facts, 'closed'])
    else if (facts.danger && !facts.acted) expect([facts, group]).toEqual([facts, 'danger'])
    else expect([facts, group]).toEqual([facts, facts.waitsFor])
  }
})

test('A case moves up on the day when a task is due, but below a danger without an act', () => {
  for (const waitsFor of WAITING_FOR) {
    expect(placed({ waitsFor, dueDay: '2026-11-26' }).group).toBe(waitsFor)
    expect(placed({ waitsFor, dueDay: '2026-11-25' })).toMatchObject({
      ...{ group: 'due', day: '2026-11-25' },
    })
  }
  expect(placed({ danger: true, dueDay: '2026-11-01' }).group).toBe('danger')
  expect(placed({ danger: true, acted: true, dueDay: '2026-11-01' }).group).toBe('due')
  expect(placed({ status: 'closed', dueDay: '2026-11-01' }).group).toBe('closed')
})

test('The grade decides a place only while a flood is on, and the lane of a report always', () => {
  for (const grade of GRADES) {
    expect(placed({ grade }).grade).toBe(3)
    expect(placed({ grade }, FLOOD).grade).toBe(grade)
    expect(laneOf({ grade })).toBe(grade === 0 ? 'B' : 'A')
  }
})

test('Every case that is not merged has a rank below that of merged cases', () => {
  const ranks = [...new Set(ALL.map(rankOf))].toSorted((a, b) => a - b)
  // Ranks 4 to 7 are reserved for the day on which a task is due.
  expect(ranks).toEqual([...[0, 1, 2, 3], ...Array.from({ length: 12 }, (_, n) => n + 8)])
  expect(MERGED_RANK).toBeGreaterThan(Math.max(...ranks))
})
