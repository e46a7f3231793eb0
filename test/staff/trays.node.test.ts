import { expect, test } from 'vitest'
import { type QueueItem } from '#protocol/staff'
import { traysOf } from '#site/staff/desk/trays.ts'

const item = (id: string, lane: QueueItem['lane']): QueueItem => ({
  ...{ id, lane, kind: 1, danger: false, day: '2026-11-24' },
  ...{ sealedBy: 'device', status: 'new', followUps: 0 },
})

test('what came without a check lies in a tray of its own, and no line changes its place', () => {
  const lines = (['A', 'A', 'B', 'A', 'B', 'B'] as const).map((lane, at) => item(`${at}`, lane))
  const trays = traysOf(lines)
  expect(trays.map(({ lane, items }) => [lane, items.length])).toEqual([
    ['A', 2],
    ['B', 1],
    ['A', 1],
    ['B', 2],
  ])
  expect(trays.flatMap(({ items }) => items)).toEqual(lines)
})

test('an empty queue has no tray', () => {
  expect(traysOf([])).toEqual([])
})
