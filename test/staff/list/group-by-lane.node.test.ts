import { expect, test } from 'vitest'
import type { QueueItem } from '#protocol/staff/list/queue'
import { groupByLane, placeFor } from '#site/staff/list/group-by-lane.ts'
import { lineItem, TODAY } from '../support/lines.ts'

const places = (isFlood: boolean, ...changes: Partial<QueueItem>[]) =>
  changes.map((each, at) => placeFor(lineItem(String(at), each), { today: TODAY, isFlood }))
const titles = (of: ReturnType<typeof places>) =>
  groupByLane(of).map(({ lane: { group, lane }, ids }) => `${group} ${lane} ${ids.length}`)

test('Reports are grouped by the groups of the order, and no report changes its place', () => {
  const all = places(
    false,
    ...[{ danger: true }, { danger: true, status: 'in_progress' } as const, { dueDay: TODAY }],
    ...[{}, { danger: true, acted: true }, { waitsFor: 'person' } as const],
    ...[{ status: 'closed', danger: true } as const, { status: 'closed' } as const],
  )
  expect(titles(all)).toEqual(['danger A 2', 'due A 1', 'us A 2', 'person A 1', 'closed A 2'])
  expect(groupByLane(all).flatMap(({ ids }) => ids)).toEqual(all.map(({ id }) => id))
})

test('Lane A and lane B have separate groups only while a flood is on', () => {
  const lanes = ([3, 1, 0, 2, 0, 0] as const).map((grade) => ({ grade }))
  expect(titles(places(true, ...lanes))).toEqual(['us A 2', 'us B 1', 'us A 1', 'us B 2'])
  expect(titles(places(false, ...lanes))).toEqual(['us A 6'])
})

test('An empty list has no group', () => {
  expect(groupByLane([])).toEqual([])
})
