import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { StaffFigures, type StaffFigure } from '#scripts/lab/bench/staff/figures'

let printed: string[]
beforeEach(() => {
  printed = []
  vi.spyOn(console, 'log').mockImplementation((line: string) => void printed.push(line))
})
afterEach(() => vi.restoreAllMocks())

const search = (values: number[], bound: number | null = 10): StaffFigure => ({
  ...{ what: 'a search', how: 'once a letter', values, unit: 'ms', bound },
})

test('The bench ends well when every median is within its bound, even with a worse value', () => {
  const figures = new StaffFigures()
  figures.print(search([10, 2, 900]))
  figures.note('paper', true)
  expect(figures.end()).toBe(0)
  expect(printed[0]).toMatch(/a search +10 ms +worst 900 ms +bound 10 ms/)
  expect(printed.at(-1)).toContain('All bounds hold.')
})

test('The bench names each broken bound at the end, and a missing figure counts as broken', () => {
  const figures = new StaffFigures()
  figures.print(search([11]))
  figures.print({ ...search([]), what: 'a filter' })
  figures.note('paper', false)
  figures.print({ ...search([99], null), what: 'a slow search' })
  expect(figures.end()).toBe(1)
  expect(printed.at(-1)).toContain('Broken: a search; a filter; paper.')
  expect(printed.filter((line) => line.startsWith('! '))).toHaveLength(2)
})
