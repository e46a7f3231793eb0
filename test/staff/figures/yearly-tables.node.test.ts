import { describe, expect, test } from 'vitest'
import type { YearlyTable } from '#protocol/staff/figures'
import type { HelpedPerson } from '#site/staff/figures/helped-people.ts'
import { mergeSmall, type Category } from '#site/staff/figures/merge-small.ts'
import { withoutUndone } from '#site/staff/figures/undo-rounding.ts'
import { yearFigures } from '#site/staff/figures/yearly-tables.ts'

/** Makes categories that have nobody in common. */
function division(sizes: Record<string, number>): [Category[], number] {
  let next = 0
  const categories = Object.entries(sizes).map(([code, size]) => ({
    code,
    people: new Set(Array.from({ length: size }, () => next++)),
  }))
  return [categories, next]
}
const merged = (sizes: Record<string, number>) =>
  mergeSmall(...division(sizes)).map(({ codes, people }) => [codes.join('+'), people])

describe('Merging', () => {
  test('Small categories become one line, those of nobody too, and numbers are rounded', () => {
    expect(merged({ a: 43, b: 7, c: 0, d: 6, e: 21 })).toEqual([
      ['a', 45],
      ['e', 20],
      ['b+c+d', 15],
    ])
  })

  test('A line of too few people takes the next larger category', () => {
    expect(merged({ a: 43, b: 4, c: 21 })).toEqual([
      ['a', 45],
      ['b+c', 25],
    ])
  })

  test('A table says nothing of all but a few people, nor of everybody', () => {
    expect(merged({ a: 90, b: 10 })).toEqual([])
    expect(merged({ a: 30 })).toEqual([])
    expect(merged({ a: 10, b: 11 })).toEqual([])
  })

  test('Nine tenths or more are "most"', () => {
    expect(merged({ a: 180, b: 20 })).toEqual([
      ['a', 'most'],
      ['b', 20],
    ])
    expect(merged({ a: 179, b: 21 })).toEqual([
      ['a', 180],
      ['b', 20],
    ])
  })

  test('People who are in two small categories count once in their line', () => {
    const people = new Set(Array.from({ length: 8 }, (_, at) => at))
    const rest = new Set(Array.from({ length: 40 }, (_, at) => at))
    const categories = [
      { code: 'a', people },
      { code: 'b', people },
      { code: 'c', people: rest },
    ]
    expect(mergeSmall(categories, 60)).toEqual([{ codes: ['a', 'b', 'c'], people: 40 }])
  })
})

describe('Rounding that a sum would undo', () => {
  const table = (name: YearlyTable['table'], ...sizes: (number | 'most')[]): YearlyTable => ({
    table: name,
    lines: sizes.map((people, at) => ({ codes: [`c${at}`], people })),
  })

  test('A table whose sum gives each number back says nothing', () => {
    // Each line may represent at most 12 people, and at least 48 people were helped.
    const [said] = withoutUndone([table('sex', 10, 10, 10, 10)], 50)
    expect(said?.lines).toEqual([])
  })

  test('"Most" leaves at most a tenth to the others, which may be exactly eleven', () => {
    // Of 112 people, 101 are "most". The others number at least 11 and at most 11.2.
    expect(withoutUndone([table('sex', 'most', 10)], 110)[0]?.lines).toEqual([])
    expect(withoutUndone([table('sex', 'most', 15)], 150)[0]?.lines).toHaveLength(2)
    // A person may have several kinds of help.
    expect(withoutUndone([table('help', 'most', 10)], 110)[0]?.lines).toHaveLength(2)
  })

  test('A table that leaves each number open stays, and a later one may not close it', () => {
    const tables = [table('sex', 20, 20), table('age', 20, 15, 15)]
    expect(withoutUndone(tables, 45).map(({ lines }) => lines.length)).toEqual([2, 0])
    expect(withoutUndone(tables.slice(1), 45).map(({ lines }) => lines.length)).toEqual([3])
  })
})

describe('The figures of a year', () => {
  const LIST = { since: 2026, tables: ['help', 'sex', 'country'], countries: ['RU', 'TR'] } as const
  const people = (count: number, change: Partial<HelpedPerson['facts'] & object> = {}) =>
    Array.from({ length: count }, (): HelpedPerson => {
      const facts = { gender: 'Feminine', under18: null, exploitation: null } as const
      return {
        ...{ year: '2026', kinds: ['legal'] },
        facts: { ...facts, record: 1, role: 'victim', exploitedIn: ['RU'], ...change },
      }
    })

  test('Only people of the year count, and each table says nothing of too few', () => {
    const helped = [
      ...people(40),
      ...people(14, { gender: 'Masculine', exploitedIn: ['TR', 'BH'] }),
      ...people(12, { gender: null, exploitedIn: 'unknown' }),
      ...people(30).map((each) => ({ ...each, year: '2025' })),
    ]
    expect(yearFigures(helped, 153, 2026, LIST)).toEqual({
      ...{ year: 2026, since: 2026, countries: ['RU', 'TR'], people: 65, letters: 155 },
      tables: [
        { table: 'help', lines: [] },
        {
          table: 'sex',
          lines: [
            { codes: ['Feminine'], people: 40 },
            { codes: ['Masculine'], people: 15 },
            {
              codes: ['TransgenderFeminine', 'TransgenderMasculine', 'NonConforming', 'unknown'],
              people: 10,
            },
          ],
        },
        {
          table: 'country',
          lines: [
            { codes: ['RU'], people: 40 },
            { codes: ['TR'], people: 15 },
            { codes: ['elsewhere'], people: 15 },
            { codes: ['unknown'], people: 10 },
          ],
        },
      ],
    })
  })

  test('Of a year with ten people nothing is said, nor the number of ten letters', () => {
    expect(yearFigures(people(10), 100, 2026, LIST)).toBeNull()
    expect(yearFigures(people(11), 10, 2026, LIST)?.letters).toBeNull()
  })
})
