import { expect, test } from 'vitest'
import type { Queue, QueueItem } from '#protocol/staff/list/queue'
import { noteKnownRows, noteOwnRow } from '#site/staff/api/own-rows.ts'
import { firstLines, hasEach, withChanges, withLines, withPage } from '#site/staff/list/lines.ts'
import { asSeen, unreadOf } from '#site/staff/list/unread.ts'
import { lineItem, TODAY } from '../support/lines.ts'

const arrivals = { reports: 3, followUps: 1 }
const page = (next: string | null, ...items: QueueItem[]): Queue => ({
  ...{ items, next, isFlood: false, arrivals },
})
const begun = firstLines(page('more', lineItem('a'), lineItem('b')), TODAY, null)

test('Pages add up, and a line that is here already is not replaced by an older one', () => {
  const changed = withLines(begun, [lineItem('b', { status: 'closed' })])
  const whole = withPage(changed, page(null, lineItem('b'), lineItem('c')))
  expect([...whole.byId.keys()].sort()).toEqual(['a', 'b', 'c'])
  expect(whole.byId.get('b')?.status).toBe('closed')
  expect([begun.next, whole.next]).toEqual(['more', null])
})

test('A refresh takes in changed lines, drops merged ones and asks for a new order', () => {
  const later = { arrivals: { reports: 4, followUps: 2 }, isFlood: true, day: '2026-11-26' }
  const changes = [{ items: [lineItem('a', { danger: true }), lineItem('d')], merged: ['b'] }]
  const next = withChanges(begun, changes, later)
  expect([...next.byId.keys()].sort()).toEqual(['a', 'd'])
  expect(next).toMatchObject({ ...later, stamp: begun.stamp + 1 })
  expect(next.byId.get('a')?.danger).toBe(true)
})

test('Letters that were read in a case are not news in the list', () => {
  const read = withLines(begun, [lineItem('a', { followUps: 2 }), lineItem('unknown')])
  expect(read.arrivals).toEqual({ reports: 3, followUps: 3 })
  expect([...read.byId.keys()]).toEqual(['a', 'b'])
  expect(read.stamp).toBe(begun.stamp)
})

test('Each case has a line when the counts name as many, whatever cases absorbed', () => {
  const lines = firstLines(page(null, lineItem('a', { absorbed: 2 }), lineItem('b')), TODAY, null)
  expect(hasEach(lines, { new: 1, in_progress: 0, closed: 1 })).toBe(true)
  expect(hasEach(lines, { new: 1, in_progress: 1, closed: 1 })).toBe(false)
})

test('A line is unread by letters first, then by changes of colleagues', () => {
  const seen = { followUps: 1, rows: 2 }
  expect(unreadOf(lineItem('x'))).toBe('letters')
  expect(unreadOf(lineItem('x', { status: 'closed' }))).toBeNull()
  const opened = lineItem('x', { seen, followUps: 1, rows: 2 })
  expect(unreadOf(opened)).toBeNull()
  expect(unreadOf({ ...opened, followUps: 2, rows: 9 })).toBe('letters')
  expect(unreadOf({ ...opened, rows: 3 })).toBe('changes')
  expect(unreadOf(asSeen({ ...opened, rows: 3, followUps: 5 }))).toBeNull()
})

test('Rows that the reader signed are not news, and a colleague’s row is', () => {
  const own = lineItem('own', { seen: { followUps: 0, rows: 2 }, rows: 4 })
  noteOwnRow('own')
  expect(unreadOf(own)).toBe('changes')
  noteKnownRows('own', 2)
  noteOwnRow('own')
  noteOwnRow('own')
  expect(unreadOf(own)).toBeNull()
  expect(unreadOf({ ...own, rows: 5 })).toBe('changes')
})
