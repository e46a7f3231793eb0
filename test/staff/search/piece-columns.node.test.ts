import { expect, test } from 'vitest'
import { packColumns, unpackColumns } from '#site/staff/search/piece-columns.ts'
import { type ReadCase } from '#site/staff/search/read-case.ts'
import { NO_COUNTS } from './support/no-counts.ts'

const read = (id: string, changes: Partial<ReadCase> = {}): ReadCase => ({
  ...{
    id,
    mergedInto: null,
    mergedFirst: null,
    day: '2026-11-24',
    followUps: 0,
    rows: 1,
    signed: null,
    title: '',
  },
  ...{ tags: [], risk: null, language: 'ky', marks: [], persons: '', names: [], places: [] },
  ...{ words: 'кафе', tasks: [], endedElsewhere: [], help: [], mendedElsewhere: [] },
  ...{ handovers: [], readElsewhere: [], referrals: [], counts: NO_COUNTS },
  ...changes,
})
const CASES = [
  read('one', { title: 'Кафе', tags: ['Ош'], risk: 'high', rows: 7, words: '' }),
  read('two', { mergedInto: 'one', places: ['Москва'] }),
]
interface Packed {
  v: number
  columns: Record<string, unknown[]>
}

const changed = (change: (packed: Packed) => void): string => {
  const packed = JSON.parse(packColumns(CASES)) as Packed
  change(packed)
  return JSON.stringify(packed)
}

test('Columns give every case back as it was, in order', () => {
  expect(unpackColumns(packColumns(CASES))).toEqual(CASES)
  expect(unpackColumns(packColumns([]))).toEqual([])
})

test('A column with fewer or more values than there are cases is refused', () => {
  expect(() => unpackColumns(changed(({ columns }) => columns['rows']?.pop()))).toThrow()
  expect(() => unpackColumns(changed(({ columns }) => columns['tags']?.push([])))).toThrow()
})

test('A missing column, a value of another kind and another version are refused', () => {
  expect(() => unpackColumns(changed(({ columns }) => delete columns['words']))).toThrow()
  expect(() => unpackColumns(changed(({ columns }) => (columns['words'] = [1, 2])))).toThrow()
  expect(() => unpackColumns(changed((packed) => (packed.v = 6)))).toThrow()
})
