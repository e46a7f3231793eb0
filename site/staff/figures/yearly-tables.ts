// Computes the yearly tables that may leave the organisation, from the people who were first helped
// in a year.
import type { FiguresLeave, YearlyTable, YearlyTableName } from '#protocol/staff/figures'
import { FEWEST } from '#protocol/staff/figures'
import { HELP_KINDS } from '../crypto/case-entry.ts'
import { EXPLOITATIONS, GENDERS } from '../crypto/classification.ts'
import { type HelpedPerson } from './helped-people.ts'
import { mergeSmall, roundSum, type Category } from './merge-small.ts'
import { withoutUndone } from './undo-rounding.ts'

/** The category for people about whom a fact is unknown, or about whom nobody asked. */
export const UNKNOWN = 'unknown'
/** The category for countries that the list does not name. */
export const ELSEWHERE = 'elsewhere'

/** The tables of an organisation, and the countries that they name. */
export interface YearlyList {
  /** the first of the five years for which the list is fixed */
  since: number
  tables: readonly YearlyTableName[]
  countries: readonly string[]
}

/** The part of the row that is computed from the cases. */
export type YearFigures = Omit<FiguresLeave, 'checkpoint'>

/**
 * Computes the figures for a year; returns null if there are too few people.
 *
 * @param helped  the people who were helped in any year
 * @param letters  number of letters that arrived in the year
 */
export function yearFigures(
  helped: readonly HelpedPerson[],
  letters: number,
  year: number,
  { since, tables, countries }: YearlyList,
): YearFigures | null {
  const people = helped.filter((each) => each.year === String(year))
  if (people.length < FEWEST) return null
  const merged = tables.map((table): YearlyTable => {
    const lines = mergeSmall(categoriesOf(people, table, countries), people.length)
    return { table, lines }
  })
  const sum = roundSum(people.length)
  return {
    ...{
      year,
      since,
      countries: [...countries],
      people: sum,
      letters: letters < FEWEST ? null : roundSum(letters),
    },
    tables: withoutUndone(merged, sum),
  }
}

function categoriesOf(
  people: readonly HelpedPerson[],
  table: YearlyTableName,
  countries: readonly string[],
): Category[] {
  const found = new Map(codesOf(table, countries).map((code) => [code, new Set<number>()]))
  people.forEach((person, at) => {
    for (const code of answersOf(person, table)) {
      const set = found.get(code) ?? found.get(ELSEWHERE)
      set?.add(at)
    }
  })
  return [...found].map(([code, each]) => ({ code, people: each }))
}

function codesOf(table: YearlyTableName, countries: readonly string[]): readonly string[] {
  switch (table) {
    case 'help':
      return HELP_KINDS
    case 'sex':
      return [...GENDERS, UNKNOWN]
    case 'age':
      return ['under18', 'adult', UNKNOWN]
    case 'exploitation':
      return [...EXPLOITATIONS, UNKNOWN]
    case 'country':
      return [...countries, ELSEWHERE, UNKNOWN]
  }
}

const NOBODY_ASKED = { gender: null, under18: null, exploitation: null, exploitedIn: null }

function answersOf({ kinds, facts }: HelpedPerson, table: YearlyTableName): readonly string[] {
  const { gender, under18, exploitation, exploitedIn } = facts ?? NOBODY_ASKED
  switch (table) {
    case 'help':
      return kinds
    case 'sex':
      return [gender ?? UNKNOWN]
    case 'age':
      return [under18 === 'yes' ? 'under18' : under18 === 'no' ? 'adult' : UNKNOWN]
    case 'exploitation':
      return listOf(exploitation)
    case 'country':
      return listOf(exploitedIn)
  }
}

/** Returns the codes for a fact that can have several answers. */
export const listOf = <Code extends string>(
  answer: 'unknown' | readonly Code[] | null,
): readonly (Code | typeof UNKNOWN)[] =>
  answer === null || answer === UNKNOWN ? [UNKNOWN] : answer
