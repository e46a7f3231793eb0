import { expect, test } from 'vitest'
import { type QueueItem } from '#protocol/staff/cases'
import { lineOf, groupByLane } from '#site/staff/queue/group-by-lane.ts'

const item = (id: string, changes: Partial<QueueItem>): QueueItem => ({
  id,
  grade: 1,
  kind: 1,
  danger: false,
  day: '2026-11-24',
  sealedBy: 'device',
  status: 'new',
  followUps: 0,
  absorbed: 0,
  assignee: null,
  waitsFor: 'us',
  waitsSince: '2026-11-24',
  touchedDay: '2026-11-24',
  dueDay: null,
  closeReason: null,
  rows: 0,
  seen: null,
  ...changes,
})
const lines = (...changes: Partial<QueueItem>[]) =>
  changes.map((each, at) => lineOf(item(String(at), each)))
const titles = (of: ReturnType<typeof lines>) =>
  groupByLane(of).map(({ lane: { danger, status, lane }, items }) =>
    [danger ? 'danger' : '', status, lane, items.length].join(' '),
  )

test('Reports are grouped by danger and status, and no report changes its place', () => {
  const all = lines(
    ...[{ danger: true }, { danger: true, status: 'in_progress' } as const, {}, {}],
    ...[{ status: 'in_progress' } as const, { status: 'closed', danger: true } as const],
    { status: 'closed' },
  )
  expect(titles(all)).toEqual([
    ...['danger new A 1', 'danger in_progress A 1', ' new A 2', ' in_progress A 1'],
    ' closed A 2',
  ])
  expect(groupByLane(all).flatMap(({ items }) => items)).toEqual(all.map((line) => line.item))
})

test('Reports of lane A and reports of lane B have separate groups', () => {
  const lanes = ([3, 1, 0, 2, 0, 0] as const).map((grade) => ({ grade }))
  expect(titles(lines(...lanes))).toEqual([' new A 2', ' new B 1', ' new A 1', ' new B 2'])
})

test('A report that staff change stays in the group in which it was loaded', () => {
  const all = lines({}, {}, {}).map((line, at) =>
    at === 1 ? { ...line, item: item('1', { status: 'closed' }) } : line,
  )
  expect(titles(all)).toEqual([' new A 3'])
})

test('An empty queue has no group', () => {
  expect(groupByLane([])).toEqual([])
})
