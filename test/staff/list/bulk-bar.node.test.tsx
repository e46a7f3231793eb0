import { afterEach, beforeAll, expect, test, vi } from 'vitest'
import { type Role } from '#protocol/staff/fields'
import { BulkBar } from '#site/staff/list/bulk/bulk-bar.tsx'
import { NO_FILTER } from '#site/staff/list/filter/list-filter.ts'
import { type ShownList } from '#site/staff/list/use-list.ts'
import { colleagues, type Colleagues } from '../support/colleagues.ts'
import { shown } from '../support/shown-case.tsx'

let team: Colleagues
beforeAll(async () => {
  team = await colleagues()
})
afterEach(() => vi.unstubAllGlobals())

const nothing = () => undefined
const list: ShownList = {
  lines: null,
  attempt: { busy: false, why: null, run: nothing, clear: nothing },
  restWhy: null,
  ...{ reload: nothing, goOn: nothing, replace: nothing, onFilter: nothing, onSearch: nothing },
  ...{ shows: 'cases', onTasks: nothing },
  ...{ onCurrent: nothing, onToggle: nothing, onRange: nothing, onSelect: nothing },
  ...{ onSelectAll: nothing, onTagging: nothing, onShown: nothing },
  index: {
    isRead: true,
    cases: new Map(),
    search: () => null,
    inPlace: () => () => false,
    isNamed: () => () => false,
    differs: () => false,
    refresh: nothing,
    update: nothing,
  },
  ...{ filter: NO_FILTER, search: '', found: null, places: [], current: null, tagging: null },
  selected: new Set(['a']),
}
const actsFor = (...roles: Role[]): string[] =>
  shown({ team, roles }, <BulkBar list={list} onOpen={nothing} />).match(/staff\.bulk\.\w+/g) ?? []

test('A caseworker is offered only the acts on many cases that the edge takes from them', () => {
  const refused = ['staff.bulk.close', 'staff.bulk.status', 'staff.bulk.assign']
  for (const acts of [actsFor('caseworker'), actsFor('admin', 'caseworker')]) {
    expect(acts).toEqual(expect.arrayContaining(['staff.bulk.tag', 'staff.bulk.read']))
    expect(acts.filter((each) => refused.includes(each))).toEqual([])
  }
  for (const acts of [actsFor('intake'), actsFor('intake', 'caseworker')])
    expect(acts).toEqual(expect.arrayContaining([...refused, 'staff.bulk.tag']))
})
