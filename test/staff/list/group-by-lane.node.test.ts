import { expect, test } from 'vitest'
import type { QueueItem } from '#protocol/staff/list/queue'
import { groupByLane, placeFor } from '#site/staff/list/group-by-lane.ts'
import { lineItem } from '../support/lines.ts'

const places = (...changes: Partial<QueueItem>[]) =>
  changes.map((each, at) => placeFor(lineItem(String(at), each)))
const titles = (of: ReturnType<typeof places>) =>
  groupByLane(of).map(({ lane: { danger, status, lane }, ids }) =>
    [danger ? 'danger' : '', status, lane, ids.length].join(' '),
  )

test('Reports are grouped by danger and status, and no report changes its place', () => {
  const all = places(
    ...[{ danger: true }, { danger: true, status: 'in_progress' } as const, {}, {}],
    ...[{ status: 'in_progress' } as const, { status: 'closed', danger: true } as const],
    { status: 'closed' },
  )
  expect(titles(all)).toEqual([
    ...['danger new A 1', 'danger in_progress A 1', ' new A 2', ' in_progress A 1'],
    ' closed A 2',
  ])
  expect(groupByLane(all).flatMap(({ ids }) => ids)).toEqual(all.map(({ id }) => id))
})

test('Reports of lane A and reports of lane B have separate groups', () => {
  const lanes = ([3, 1, 0, 2, 0, 0] as const).map((grade) => ({ grade }))
  expect(titles(places(...lanes))).toEqual([' new A 2', ' new B 1', ' new A 1', ' new B 2'])
})

test('An empty list has no group', () => {
  expect(groupByLane([])).toEqual([])
})
