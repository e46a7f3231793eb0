import { describe, expect, test } from 'vitest'
import type { QueueItem } from '#protocol/staff/list/queue'
import { groupByLane } from '#site/staff/list/group-by-lane.ts'
import {
  nextPlaces,
  withLanes,
  type ListQuestion,
  type Places,
} from '#site/staff/list/order-lines.ts'
import { byIdOf, lineItem, TODAY } from '../support/lines.ts'

const open = ({ status }: QueueItem): boolean => status !== 'closed'
const question = (items: QueueItem[], changes: Partial<ListQuestion> = {}): ListQuestion => ({
  key: 'open',
  byId: byIdOf(...items),
  isShown: open,
  words: 0,
  found: null,
  at: { today: TODAY, isFlood: false },
  isGiven: null,
  ...changes,
})
const idsIn = (places: Places): readonly string[] => places.order
/** Returns each heading, followed by the ids of the lines below that heading. */
const headingsOf = ({ order }: Places, asked: ListQuestion): string[] =>
  groupByLane(withLanes(order, asked)).map(({ lane: { group }, ids }) => `${group} ${ids.join('')}`)

describe('the order', () => {
  const items = [
    lineItem('i', { status: 'closed', danger: true, grade: 3 }),
    lineItem('h', { waitsFor: 'person', waitsSince: '2026-01-01' }),
    lineItem('g', { waitsSince: '2026-11-25', danger: true, acted: true }),
    lineItem('f', { waitsSince: '2026-11-20', status: 'in_progress' }),
    lineItem('e', { waitsSince: '2026-11-20' }),
    lineItem('d', { waitsSince: '2026-11-02', grade: 0 }),
    lineItem('c', { waitsFor: 'person', dueDay: TODAY }),
    lineItem('b', { dueDay: '2026-11-20', acted: true, danger: true }),
    lineItem('a', { danger: true, status: 'in_progress' }),
  ]

  test('Lines are in the order of the edge: danger, due, for us, for the person, closed', () => {
    const all = nextPlaces(null, question(items, { isShown: () => true }))
    expect(idsIn(all)).toEqual(['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i'])
  })

  test('Reading a case changes nothing in its place', () => {
    const read = items.map((item) => ({ ...item, seen: { followUps: 9, rows: 9 } }))
    const [before, after] = [items, read].map((each) => idsIn(nextPlaces(null, question(each))))
    expect(after).toEqual(before)
  })

  test('While a flood is on, the highest grade comes first in each group', () => {
    const at = { today: TODAY, isFlood: true }
    expect(idsIn(nextPlaces(null, question(items, { at })))).toEqual([
      ...['a', 'b', 'c', 'e', 'f', 'g', 'd', 'h'],
    ])
  })

  test('Cases given to this person come first in their own list, under their own heading', () => {
    const isGiven = ({ id }: QueueItem) => id === 'f' || id === 'h'
    const asked = question(items, { isGiven })
    expect(headingsOf(nextPlaces(null, asked), asked)).toEqual([
      ...['given fh', 'danger a', 'due bc', 'us deg'],
    ])
  })

  test('The same lines are sorted again on another day', () => {
    const asked = question([lineItem('z', { dueDay: '2026-11-26' }), lineItem('y')])
    expect(idsIn(nextPlaces(null, asked))).toEqual(['y', 'z'])
    const tomorrow = { ...asked, at: { today: '2026-11-26', isFlood: false } }
    expect(idsIn(nextPlaces(null, tomorrow))).toEqual(['z', 'y'])
  })
})

describe('nothing moves by itself', () => {
  const items = [lineItem('b'), lineItem('c'), lineItem('e')]
  const former = nextPlaces(null, question(items))

  test('A line whose case changes keeps its place, and its heading follows the case', () => {
    for (const [change, group] of [
      [{ status: 'closed' }, 'closed'],
      [{ waitsFor: 'person' }, 'person'],
      [{ danger: true }, 'danger'],
    ] as const) {
      const asked = question([lineItem('b'), lineItem('c', change), lineItem('e')])
      const next = nextPlaces(former, asked)
      expect(next).toBe(former)
      expect(headingsOf(next, asked)).toEqual(['us b', `${group} c`, 'us e'])
    }
  })

  test('A given case that its holder has taken loses the heading, and keeps its place', () => {
    const given = question([lineItem('b'), lineItem('a')], { isGiven: ({ id }) => id === 'b' })
    const before = nextPlaces(null, given)
    const taken = { ...given, isGiven: () => false }
    expect(headingsOf(before, given)).toEqual(['given b', 'us a'])
    expect(headingsOf(nextPlaces(before, taken), taken)).toEqual(['us ba'])
  })

  test('Lines of a later page are at the end, even if they sort before', () => {
    const more = [...items, lineItem('a', { danger: true }), lineItem('d', { status: 'closed' })]
    const next = nextPlaces(former, question(more))
    expect(idsIn(next)).toEqual(['b', 'c', 'e', 'a'])
    expect(idsIn(nextPlaces(next, question(more)))).toEqual(['b', 'c', 'e', 'a'])
  })

  test('Another question or a refresh sorts all lines again', () => {
    const more = [...items, lineItem('a', { danger: true }), lineItem('c', { status: 'closed' })]
    expect(idsIn(nextPlaces(former, question(more, { key: 'later' })))).toEqual(['a', 'b', 'e'])
  })

  test('A filter over words adds lines when more words are read, and takes none away', () => {
    const read = new Set(['c'])
    const asked = (words: number) => question(items, { words, isShown: ({ id }) => read.has(id) })
    const first = nextPlaces(null, asked(1))
    read.add('b').delete('c')
    expect(nextPlaces(first, asked(1))).toBe(first)
    expect(idsIn(nextPlaces(first, asked(2)))).toEqual(['c', 'b'])
  })
})

test('A search shows what it found in its own order, closed cases too', () => {
  const items = [lineItem('a'), lineItem('b', { status: 'closed' }), lineItem('c')]
  const found = nextPlaces(null, question(items, { found: ['b', 'gone', 'a'] }))
  expect(idsIn(found)).toEqual(['b', 'a'])
  const other = nextPlaces(found, question(items, { found: ['c'] }))
  expect(idsIn(other)).toEqual(['c'])
})
