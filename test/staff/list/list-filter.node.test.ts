import { describe, expect, test } from 'vitest'
import { KIND } from '#protocol/report/envelope'
import type { QueueItem } from '#protocol/staff/list/queue'
import {
  isSameFilter,
  ListFilter,
  lineTest,
  NO_FILTER,
} from '#site/staff/list/filter/list-filter.ts'
import { DEFAULT_FILTERS, DEFAULT_VIEWS } from '#site/staff/list/filter/views.ts'
import { type IndexedCase } from '#site/staff/search/case-index.ts'
import { lineItem, manyLines, TODAY } from '../support/lines.ts'

const ME = 'me'
const OTHER = 'o'.repeat(22)
const taskFor = (assignee: string) => ({
  ...{ key: assignee, n: 1, text: '', dueDay: null, assignee },
})
const plain = { tags: [], language: '', risk: null, tasks: [] }
const cases = new Map<string, Pick<IndexedCase, 'tags' | 'language' | 'risk' | 'tasks'>>([
  ['tagged', { ...plain, tags: ['шарттуу'], language: 'ky' }],
  ['risky', { ...plain, risk: 'high' }],
  ['task for me', { ...plain, tasks: [taskFor(ME)] }],
  ['task for another', { ...plain, tasks: [taskFor('other')] }],
])
/** The index compares places, so this fake index contains the place of one case. */
const inPlace = (text: string) => (id: string) => text === 'бишкек' && id === 'in Bishkek'
const context = { me: ME, today: TODAY, cases, inPlace }

/** Returns the ids that a filter shows. */
const shown = (filter: Partial<ListFilter>, ...items: QueueItem[]): string[] =>
  items.filter(lineTest({ ...NO_FILTER, ...filter }, context)).map(({ id }) => id)

describe('one part of the filter', () => {
  const seen = { followUps: 0, rows: 0 }
  const rows: [string, Partial<ListFilter>, Partial<QueueItem>, Partial<QueueItem>][] = [
    ['open', { status: 'open' }, { status: 'in_progress' }, { status: 'closed' }],
    ['a status', { status: 'new' }, { status: 'new' }, { status: 'in_progress' }],
    ['mine', { holder: 'me' }, { assignee: ME }, { assignee: 'other' }],
    ['given by me', { isMine: true }, { assignee: 'B', givenBy: ME }, { assignee: 'B' }],
    ["nobody's", { holder: 'nobody' }, { assignee: null }, { assignee: ME }],
    ["a colleague's", { holder: OTHER }, { assignee: OTHER }, { assignee: ME }],
    ['help', { kind: 'me' }, { kind: KIND.helpForMe }, { kind: KIND.helpForAnother }],
    ['for another', { kind: 'other' }, { kind: KIND.helpForAnother }, { kind: KIND.tip }],
    ['a tip', { kind: 'tip' }, { kind: KIND.tip }, { kind: KIND.helpForMe }],
    ['a first day', { since: '2026-11-24' }, { day: '2026-11-24' }, { day: '2026-11-23' }],
    ['waiting for us', { waitsFor: 'us' }, { waitsFor: 'us' }, { waitsFor: 'person' }],
    ['waiting and open', { waitsFor: 'us' }, {}, { status: 'closed' }],
    ['unread letters', { isUnread: true }, { seen, followUps: 1 }, { seen }],
    ['never opened', { isUnread: true }, { seen: null }, { seen: null, status: 'closed' }],
    ['changed by others', { isUnread: true }, { seen, rows: 2 }, { seen, rows: 0 }],
    ['danger', { isDanger: true }, { danger: true }, { danger: false }],
    ['lane B', { lane: 'B' }, { grade: 0 }, { grade: 2 }],
    ['overdue', { due: 'overdue' }, { dueDay: '2026-11-24' }, { dueDay: TODAY }],
    ['due until today', { due: 'today' }, { dueDay: TODAY }, { dueDay: '2026-11-26' }],
    ['due in a week', { due: 'week' }, { dueDay: '2026-12-02' }, { dueDay: '2026-12-03' }],
    ['a due day', { due: 'any' }, { dueDay: '2030-01-01' }, { dueDay: null }],
    ['no due day', { due: 'none' }, { dueDay: null }, { dueDay: TODAY }],
    ['quiet', { isQuiet: true }, { touchedDay: '2026-10-26' }, { touchedDay: '2026-10-27' }],
    ['a reason', { closeReason: 'spam' }, { closeReason: 'spam' }, { closeReason: 'helped' }],
  ]
  test.each(rows)('A filter by %s shows the lines that have it and no others', (...row) => {
    const [, filter, fits, differs] = row
    expect(shown(filter, lineItem('yes', fits), lineItem('no', differs))).toEqual(['yes'])
  })

  test('Mine are the cases that I have and the cases with an open task for me', () => {
    const items = ['task for me', 'task for another'].map((id) => lineItem(id))
    const held = lineItem('held', { assignee: ME })
    expect(shown({ isMine: true }, ...items, held, lineItem('unread'))).toEqual([
      ...['task for me', 'held'],
    ])
  })

  test('A filter by risk or place shows only cases whose words say so', () => {
    const items = [lineItem('risky'), lineItem('in Bishkek'), lineItem('unread')]
    expect(shown({ risk: 'high' }, ...items)).toEqual(['risky'])
    expect(shown({ risk: 'low' }, ...items)).toEqual([])
    expect(shown({ place: 'бишкек' }, ...items)).toEqual(['in Bishkek'])
  })

  test('A filter by tag or language shows only cases whose words say so', () => {
    const items = [lineItem('tagged'), lineItem('unread by the device')]
    expect(shown({ tag: 'шарттуу' }, ...items)).toEqual(['tagged'])
    expect(shown({ language: 'ky' }, ...items)).toEqual(['tagged'])
    expect(shown({ tag: 'шарт' }, ...items)).toEqual([])
    expect(shown({ language: 'ru' }, ...items)).toEqual([])
  })
})

test('A filter of several parts shows what fits all of them', () => {
  const both = lineItem('both', { danger: true, assignee: ME })
  const one = lineItem('one', { danger: true })
  expect(shown({ isDanger: true, holder: 'me' }, one, both)).toEqual(['both'])
})

test('The views of quiet and of unplanned cases show only cases in progress', () => {
  const old = { touchedDay: '2026-10-01' }
  const items = [
    lineItem('in progress', { ...old, status: 'in_progress' }),
    lineItem('new', old),
    lineItem('closed', { ...old, status: 'closed' }),
  ]
  for (const view of ['quiet', 'unplanned'] as const)
    expect(shown(DEFAULT_FILTERS[view], ...items)).toEqual(['in progress'])
})

test('No filter shows every line, and every default view is another filter', () => {
  expect(shown({}, ...manyLines(200))).toHaveLength(200)
  for (const [at, view] of DEFAULT_VIEWS.entries())
    for (const other of DEFAULT_VIEWS.slice(at + 1))
      expect(isSameFilter(DEFAULT_FILTERS[view], DEFAULT_FILTERS[other])).toBe(false)
})

test('A filter is the same after it was written as JSON and read', () => {
  for (const view of DEFAULT_VIEWS) {
    const filter = DEFAULT_FILTERS[view]
    const read = ListFilter.parse(JSON.parse(JSON.stringify(filter)))
    expect(isSameFilter(read, filter)).toBe(true)
  }
  expect(ListFilter.safeParse({ ...NO_FILTER, status: 'gone' }).success).toBe(false)
})
