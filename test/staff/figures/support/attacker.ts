// Attacks released tables: tries to learn the size of a group of 1 to 10 people. The attack was
// written from the tables alone, and shares no rule or constant with the code that makes them.

interface LeftTable {
  table: string
  lines: readonly { codes: readonly string[]; people: number | 'most' }[]
}

/** The tables of one year, as published. */
export interface LeftYear {
  year: number
  people: number
  tables: readonly LeftTable[]
}

/** Returns how many of the people whose help a donor paid for are in a group. */
export type DonorList = (table: string, codes: readonly string[]) => number

interface Range {
  low: number
  high: number
}

const [FEW, NINE_TENTHS] = [10, 0.9]

/**
 * Each person has one answer in the tables for sex and age, and at least one in each other table.
 */
const DIVISIONS = ['sex', 'age']

const sum = (ranges: readonly Range[]): Range => ({
  low: ranges.reduce((all, { low }) => all + low, 0),
  high: ranges.reduce((all, { high }) => all + high, 0),
})

const minus = (one: Range, other: Range): Range => ({
  low: one.low - other.high,
  high: one.high - other.low,
})

/** A group that certainly has 1 to 10 people. */
const isFew = ({ low, high }: Range): boolean => low >= 1 && high <= FEW

/** Detects whether numbers are rounded, as a reader of the table can. */
function slackOf({ people, tables }: LeftYear): number {
  const numbers = [people, ...tables.flatMap(({ lines }) => lines.map((line) => line.people))]
  return numbers.every((n) => n === 'most' || n % 5 === 0) ? 2 : 0
}

interface ReadLine {
  codes: readonly string[]
  range: Range
}

interface ReadTable {
  table: string
  isDivision: boolean
  lines: ReadLine[]
}

interface ReadYear {
  total: Range
  tables: ReadTable[]
}

/**
 * Converts a year's tables to ranges, and then uses sums to narrow the ranges until nothing
 * changes.
 */
function readYear(said: LeftYear): ReadYear {
  const slack = slackOf(said)
  const around = (n: number): Range => ({ low: Math.max(0, n - slack), high: n + slack })
  const total = around(said.people)
  const most = { low: Math.ceil(NINE_TENTHS * total.low), high: total.high }
  const tables = said.tables
    .filter(({ lines }) => lines.length > 0)
    .map(({ table, lines }) => ({
      ...{ table, isDivision: DIVISIONS.includes(table) },
      lines: lines.map(({ codes, people }) => ({
        codes,
        range: people === 'most' ? most : around(people),
      })),
    }))
  return narrowAll({ total, tables })
}

const rangesOf = ({ lines }: ReadTable): Range[] => lines.map(({ range }) => range)

/**
 * In a table that leaves people out, the total reveals nothing about the sizes of individual lines.
 */
const isWhole = (table: ReadTable, total: Range): boolean =>
  table.isDivision && minus(total, sum(rangesOf(table))).low <= 0

function narrowAll(read: ReadYear): ReadYear {
  const before = JSON.stringify(read)
  for (const table of read.tables.filter((each) => isWhole(each, read.total))) {
    const all = sum(rangesOf(table))
    const { total } = read
    read.total = { low: Math.max(total.low, all.low), high: Math.min(total.high, all.high) }
    for (const line of table.lines) {
      const { low, high } = line.range
      line.range = {
        low: Math.max(low, total.low - (all.high - high)),
        high: Math.min(high, total.high - (all.low - low)),
      }
    }
  }
  return before === JSON.stringify(read) ? read : narrowAll(read)
}

/** All subsets of a table's lines. */
function* choicesOf<T>(lines: readonly T[]): Generator<T[]> {
  for (let bits = 1; bits < 2 ** Math.min(lines.length, 8); bits++)
    yield lines.filter((_, at) => (bits >> at) % 2 === 1)
}

/** Returns a sentence for each group of 1 to 10 people that the tables of one year reveal. */
export function attackYear(said: LeftYear, donors: readonly DonorList[] = []): string[] {
  const { total, tables } = readYear(said)
  const found: string[] = []
  const claim = (range: Range, what: string): void => {
    if (isFew(range)) found.push(`${said.year}: ${what} is ${range.low} to ${range.high}`)
  }
  claim(total, 'everybody')
  for (const read of tables) {
    const { table, isDivision, lines } = read
    for (const { codes, range } of lines) {
      claim(range, `${table} ${codes.join('+')}`)
      claim(minus(total, range), `${table} without ${codes.join('+')}`)
      for (const own of donors) {
        const left = { low: range.low - own(table, codes), high: range.high - own(table, codes) }
        // A donor already knows its own people, so only an exact remainder reveals anything new.
        if (left.low === left.high) claim(left, `${table} ${codes.join('+')} of other donors`)
      }
    }
    const all = sum(rangesOf(read))
    const least = isDivision ? all.low : Math.max(...rangesOf(read).map(({ low }) => low))
    claim({ low: total.low - all.high, high: total.high - least }, `${table} in no line`)
    if (!isDivision) continue
    for (const some of choicesOf(lines)) {
      const group = sum(some.map(({ range }) => range))
      claim(group, `${table} in some lines`)
      claim(minus(total, group), `${table} outside of some lines`)
    }
  }
  return found
}

/** Compares two copies of one year: people who moved from one line to another are a group. */
export function attackCopies(one: LeftYear, other: LeftYear): string[] {
  const [first, second] = [readYear(one), readYear(other)]
  const found: string[] = []
  const claim = (before: Range, after: Range, what: string): void => {
    if (isFew(minus(after, before)) || isFew(minus(before, after)))
      found.push(`${one.year}: ${what} changed by few`)
  }
  claim(first.total, second.total, 'everybody')
  for (const { table, lines } of first.tables)
    for (const { codes, range } of lines) {
      const same = second.tables
        .find((each) => each.table === table)
        ?.lines.find((each) => each.codes.join() === codes.join())
      if (same) claim(range, same.range, `${table} ${codes.join('+')}`)
    }
  return found
}
