import { describe, expect, test } from 'vitest'
import type { QueueItem } from '#protocol/staff/list/queue'
import { nextPlaces, type Places, type ListQuestion } from '#site/staff/list/order-lines.ts'
import { byIdOf, lineItem } from '../support/lines.ts'

const open = ({ status }: QueueItem): boolean => status !== 'closed'
const question = (items: QueueItem[], changes: Partial<ListQuestion> = {}): ListQuestion => ({
  key: 'open',
  byId: byIdOf(...items),
  isShown: open,
  words: 0,
  found: null,
  ...changes,
})
const idsIn = (places: Places): string[] => places.order.map(({ id }) => id)

test('Lines are in the order of the edge: danger, status, grade, oldest day, id', () => {
  const items = [
    lineItem('g', { status: 'closed', danger: true, grade: 3 }),
    lineItem('f', { status: 'in_progress' }),
    lineItem('e', { grade: 0, day: '2026-01-01' }),
    lineItem('d', { day: '2026-11-25' }),
    lineItem('c', { day: '2026-11-24' }),
    lineItem('b', { day: '2026-11-24' }),
    lineItem('a', { danger: true, status: 'in_progress' }),
  ]
  const all = nextPlaces(null, question(items, { isShown: () => true }))
  expect(idsIn(all)).toEqual(['a', 'b', 'c', 'd', 'e', 'f', 'g'])
})

describe('nothing moves by itself', () => {
  const items = [lineItem('b'), lineItem('c'), lineItem('e')]
  const former = nextPlaces(null, question(items))

  test('A line that a colleague closes keeps its place and its lane', () => {
    const closed = [lineItem('b'), lineItem('c', { status: 'closed' }), lineItem('e')]
    const next = nextPlaces(former, question(closed))
    expect(next).toBe(former)
    expect(next.order[1]).toMatchObject({ id: 'c', lane: { status: 'new' } })
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
