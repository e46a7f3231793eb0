import { render } from 'preact'
import { afterEach, beforeAll, expect, test, vi } from 'vitest'
import type { QueueItem } from '#protocol/staff/list/queue'
import { dayOf } from '#protocol/time'
import { DAY_MS } from '#protocol/limits'
import { GivenMessages, messagesFrom } from '#site/staff/i18n/messages.tsx'
import { QueueRow } from '#site/staff/list/queue-row.tsx'
import type { Excerpt, FoundCase } from '#site/staff/search/case-index.ts'
import { colleagues, type Colleagues } from '../support/colleagues.ts'
import { fakeDocument, makeRoot } from '../support/fake-dom.ts'
import { lineItem } from '../support/lines.ts'
import { shown } from '../support/shown-case.tsx'

let team: Colleagues
beforeAll(async () => {
  team = await colleagues()
})
afterEach(() => vi.unstubAllGlobals())

const day = dayOf(Date.now() - 24 * DAY_MS)
const DIGITS = day.split('-').reverse().join('.')
const nothing = () => undefined

const rowWith = (changes: Partial<QueueItem>, found?: FoundCase) => (
  <QueueRow
    item={lineItem('a', { day, waitsSince: day, ...changes })}
    {...{ lane: null, known: undefined, found, holder: null, dueFor: null }}
    {...{ isDoubtful: false, isOpen: false, isCurrent: false, isSelected: false }}
    {...{ isUnsent: false, place: { at: 1, of: 1 }, onOpen: nothing, onSelect: nothing }}
  />
)
const rowOf = (changes: Partial<QueueItem>): string =>
  shown({ team, roles: ['intake'] }, rowWith(changes))
const agesIn = (row: string): string[] => row.match(/staff\.(age|list\.since)\.\w+/g) ?? []

test('The line of a case that waits says its age once, beside the day of the case', () => {
  const row = rowOf({})
  expect(row).toContain(DIGITS)
  expect(agesIn(row)).toEqual(['staff.list.since.days'])
})

test('The line of a closed case, which waits for nobody, says the age of its day', () => {
  const row = rowOf({ status: 'closed' })
  expect(row).toContain(DIGITS)
  expect(agesIn(row)).toEqual(['staff.age.days'])
})

test('The words around a hit are cut once, however often the line is rendered', () => {
  vi.stubGlobal('document', fakeDocument)
  const root = makeRoot()
  const messages = messagesFrom({}, 'ky', nothing)
  const excerpt = vi.fn((): Excerpt => ['Балдар ', 'коляска', 'сы бар'])
  const other = vi.fn((): Excerpt => ['', 'Бермет', ''])
  const renderWith = (status: QueueItem['status'], cut: FoundCase['excerpt']): void =>
    render(
      <GivenMessages value={messages}>
        {rowWith({ status }, { id: 'a', excerpt: cut })}
      </GivenMessages>,
      root,
    )
  renderWith('new', excerpt)
  renderWith('closed', excerpt)
  expect(excerpt).toHaveBeenCalledTimes(1)
  renderWith('closed', other)
  expect(other).toHaveBeenCalledTimes(1)
})
