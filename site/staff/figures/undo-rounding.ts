// Finds tables whose rounded numbers reveal an exact number. Every person counted in a year is in
// at least one line of each table. In the tables by sex and by age, a person is in only one line.
// The sums therefore narrow the range of each number. If every line was rounded in the same
// direction, the rounding can be undone.
import { FEWEST, ROUND_TO, type YearlyTable } from '#protocol/staff/figures'
import { MOST } from './merge-small.ts'

interface Range {
  low: number
  high: number
}

const SLACK = Math.floor(ROUND_TO / 2)
const around = (rounded: number): Range => ({
  low: Math.max(FEWEST, rounded - SLACK),
  high: rounded + SLACK,
})

const sumOf = (ranges: readonly Range[], end: keyof Range): number =>
  ranges.reduce((sum, each) => sum + each[end], 0)

/** A person has one sex and one age, but may have several kinds of help. */
const isDivision = ({ table }: YearlyTable): boolean => table === 'sex' || table === 'age'

/**
 * Removes all lines from each table that reveals an exact number.
 *
 * @param people  the rounded number of all people
 */
export function withoutUndone(tables: readonly YearlyTable[], people: number): YearlyTable[] {
  const kept: YearlyTable[] = []
  for (const each of tables) {
    const empty = { ...each, lines: [] }
    kept.push(isUndone([...kept, each], people) ? empty : each)
  }
  return kept
}

function isUndone(tables: readonly YearlyTable[], people: number): boolean {
  const said = tables.filter(({ lines }) => lines.length > 0)
  const all = said.map((table) => ({ table, ranges: rangesOf(table, around(people)) }))
  // Every table narrows down the total number of people for the other tables.
  const total = all.reduce(
    (range, { table, ranges }) => ({
      low: isDivision(table) ? Math.max(range.low, sumOf(ranges, 'low')) : range.low,
      high: Math.min(range.high, sumOf(ranges, 'high')),
    }),
    around(people),
  )
  const isExact = ({ low, high }: Range): boolean => low >= high
  return (
    isExact(total) ||
    all.some(({ table, ranges }) =>
      ranges.some((each) => isExact(narrowed(each, ranges, total, isDivision(table)))),
    )
  )
}

/** Returns the smallest and largest number that the other lines of the table allow for a line. */
function narrowed(
  { low, high }: Range,
  ranges: readonly Range[],
  total: Range,
  isDivided: boolean,
): Range {
  const others = { low: sumOf(ranges, 'low') - low, high: sumOf(ranges, 'high') - high }
  return {
    low: Math.max(low, total.low - others.high),
    high: isDivided ? Math.min(high, total.high - others.low) : high,
  }
}

function rangesOf(table: YearlyTable, total: Range): Range[] {
  const isMost = table.lines.map(({ people }) => people === 'most')
  const ranges = table.lines.map(({ people }) =>
    people === 'most' ? { low: FEWEST, high: total.high - FEWEST } : around(people),
  )
  if (!isDivision(table) || !isMost.includes(true)) return ranges
  // Anybody who sees the table knows that the other lines together make up at most a tenth of the
  // total.
  const rest = total.high - Math.ceil(total.high * MOST)
  const others = ranges.filter((_, at) => !isMost[at])
  return ranges.map((each, at) =>
    isMost[at]
      ? each
      : { ...each, high: Math.min(each.high, rest - (sumOf(others, 'low') - each.low)) },
  )
}
