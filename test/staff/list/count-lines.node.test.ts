import { expect, test } from 'vitest'
import { countLines } from '#site/staff/list/filter/count-lines.ts'
import { NO_FILTER } from '#site/staff/list/filter/list-filter.ts'
import { byIdOf, lineItem, TODAY } from '../support/lines.ts'

const known = { language: 'ky', risk: null, tasks: [] }
const lines = byIdOf(lineItem('a', { danger: true }), lineItem('b'))
const filters = [
  { ...NO_FILTER, isDanger: true },
  { ...NO_FILTER, tag: 'цех' },
]
const context = (...read: [string, { tags: string[] } & typeof known][]) => ({
  ...{ me: 'me', today: TODAY, cases: new Map(read), inPlace: () => () => false },
})

test('Each filter has the number of its lines', () => {
  const all = context(['a', { ...known, tags: ['цех'] }], ['b', { ...known, tags: [] }])
  expect(countLines(lines, filters, all)).toEqual([1, 1])
})

test('A filter over words has no number until this device has read every case', () => {
  expect(countLines(lines, filters, context(['a', { ...known, tags: ['цех'] }]))).toEqual([1, null])
  expect(countLines(byIdOf(), filters, context())).toEqual([0, 0])
})
