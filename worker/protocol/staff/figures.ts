// Defines the schema of the yearly tables that leave the organisation, and decides when they may
// leave. The ledger row contains the tables themselves, because they are public once they have
// left. Every browser therefore shows the same tables forever.
import * as z from 'zod/mini'

/** No number is published if it includes, or leaves out, fewer people than this. */
export const FEWEST = 11
/** Every number is rounded to a multiple of this value. */
export const ROUND_TO = 5
/** Number of years for which the list of tables stays the same. */
const LIST_YEARS = 5

/** The tables that may leave. Each table counts the people who were first helped in a year. */
export const YEARLY_TABLES = ['help', 'sex', 'age', 'exploitation', 'country'] as const
export type YearlyTableName = (typeof YEARLY_TABLES)[number]

const [FIRST_YEAR, LAST_YEAR] = [2000, 2999]
const year = z.int().check(z.gte(FIRST_YEAR), z.lte(LAST_YEAR))
/** The smallest number in a table is eleven, which is rounded to ten. */
const rounded = z.int().check(z.gte(FEWEST - (FEWEST % ROUND_TO)), z.multipleOf(ROUND_TO))
/** A code from HTCDS 2.0, a kind of help, a country, `elsewhere` or `unknown`. */
const code = z.string().check(z.regex(/^\w{2,60}$/))
/** Maximum number of codes in a line. */
const MOST_CODES = 40

const YearlyLine = z.object({
  /** more than one code for small categories that were merged */
  codes: z.array(code).check(z.minLength(1), z.maxLength(MOST_CODES)),
  /** `most` for nine tenths or more */
  people: z.union([rounded, z.literal('most')]),
})
export type YearlyLine = z.infer<typeof YearlyLine>

export const YearlyTable = z.object({
  table: z.enum(YEARLY_TABLES),
  /** empty for a table that would reveal something about too few people */
  lines: z.array(YearlyLine).check(z.maxLength(MOST_CODES)),
})
export type YearlyTable = z.infer<typeof YearlyTable>

/**
 * `figures.leave`: the tables for a year, which leave together and irrevocably. The subject is the
 * year.
 */
export const FiguresLeave = z.object({
  year,
  /** the first of the five years for which the list of tables is fixed */
  since: year,
  /** the countries that the country table lists; fixed together with the list of tables */
  countries: z.array(z.string().check(z.regex(/^[A-Z]{2}$/))).check(z.maxLength(MOST_CODES)),
  /** row number of the checkpoint that was newest when the tables left */
  checkpoint: z.int().check(z.gte(1)),
  /** number of people who were first helped in the year */
  people: rounded,
  /** number of letters; null when there were too few to publish the number */
  letters: z.nullable(rounded),
  tables: z.array(YearlyTable).check(
    z.minLength(1),
    z.refine((all: readonly YearlyTable[]) => new Set(namesIn(all)).size === all.length),
  ),
})
export type FiguresLeave = z.infer<typeof FiguresLeave>

const namesIn = (tables: readonly Pick<YearlyTable, 'table'>[]): string[] =>
  tables.map(({ table }) => table)

const listOf = ({ tables, countries }: Pick<FiguresLeave, 'tables' | 'countries'>): string =>
  JSON.stringify([namesIn(tables), countries])

/**
 * Decides whether the tables for a year may leave: only once, after the year's end, and in
 * chronological order. A list of tables is fixed for five years, beginning with its first year.
 *
 * @param before  the tables that left most recently, or null
 * @param at  UTC minute of the row
 */
export function mayLeave(leaving: FiguresLeave, before: FiguresLeave | null, at: string): boolean {
  const { year: of, since } = leaving
  if (of >= Number(at.slice(0, 4)) || of < since || of >= since + LIST_YEARS) return false
  if (before === null) return true
  const isSameList = listOf(leaving) === listOf(before)
  const fits = since === before.since ? isSameList : since >= before.since + LIST_YEARS
  return of > before.year && fits
}

/** The tables for a year, as recorded in the ledger. */
export interface LeftFigures extends FiguresLeave {
  /** id of the person who signed the row */
  signedBy: string
  row: number
  /** UTC minute */
  at: string
}
