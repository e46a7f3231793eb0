// Writes the tables of docs/costs.md, and finds a page whose tables are outdated.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { JUNK } from '#scripts/costs/counts'
import { ASSUMED, monthOf, mostOnFreePlan, type Month, type Pace } from '#scripts/costs/month'
import { BASE, priceOf, priceOfMillion, USD_PER_MILLION } from '#scripts/costs/prices'

export const COSTS_PAGE = 'docs/costs.md'
const REPORTS_A_DAY = [100, 10_000, 1_000_000]
const FREE_REQUESTS_A_DAY = 100_000
const MINUTES_A_DAY = 1440

const whole = (count: number): string => Math.round(count).toLocaleString('en')
const usd = (sum: number): string => sum.toFixed(2)
const gigabytes = (bytes: number): string => (bytes / 1e9).toFixed(1)

type Row = readonly string[]

/** Writes a table, which Prettier aligns. The columns after the first one are right-aligned. */
function table(head: Row, rows: readonly Row[], isText = false): string {
  const line = (row: Row): string => `| ${row.join(' | ')} |`
  const rule = head.map((_, at) => (at === 0 || isText ? '---' : '--:'))
  return [head, rule, ...rows].map(line).join('\n')
}

/** Reads the limits that the monthly costs depend on from the files that define them. */
export function paceIn(folder: string): Pace {
  const found = (path: string, pattern: RegExp): number => {
    const [, value = ''] = pattern.exec(readFileSync(join(folder, path), 'utf8')) ?? []
    if (value === '') throw new Error(`${path} has no ${pattern.source}`)
    return Number(value.replaceAll('_', ''))
  }
  return {
    floodLimit: found(
      'wrangler.toml',
      /name = "FLOOD"\n(?:.*\n)*?simple = \{ limit = (\d+), period = 60 \}/,
    ),
    drained: found('worker/scheduled/share-run.ts', /paid: \{ objects: (\d+)/),
    pollMs: found('site/staff/ui/use-poll.ts', /EVERY_MS = ([\d_]+)/),
  }
}

function monthTable(months: readonly Month[]): string {
  const row = (name: string, cell: (month: Month) => string): Row => [name, ...months.map(cell)]
  return table(
    row('A month', (month) => `${whole(month.reportsADay)} a day`),
    [
      row('requests', ({ usage }) => whole(usage.requests)),
      row('rows read', ({ usage }) => whole(usage.rowsRead)),
      row('rows written', ({ usage }) => whole(usage.rowsWritten)),
      row('R2, writes and lists', ({ usage }) => whole(usage.classA)),
      row('R2, reads', ({ usage }) => whole(usage.classB)),
      row('GB more in D1', ({ databaseBytes }) => gigabytes(databaseBytes)),
      row('GB more in R2', ({ waitingBytes }) => gigabytes(waitingBytes)),
      row('USD for reporters', ({ parts }) => usd(priceOf(parts.reporters))),
      row('USD for the clock', ({ parts }) => usd(priceOf(parts.clock))),
      row('USD for the staff', ({ parts }) => usd(priceOf(parts.staff))),
      row('**USD, with the plan**', (month) => usd(month.usd)),
    ],
  )
}

const junkTable = (): string =>
  table(
    [
      'A million times',
      'rows read',
      'rows written',
      'R2 writes',
      'R2 reads',
      'USD',
      'USD in a flood',
    ],
    Object.entries(JUNK).map(([name, { usual, flood }]) => [
      name,
      ...[usual.rowsRead, usual.rowsWritten, usual.classA, usual.classB].map(whole),
      ...[usual, flood].map((cost) => usd(priceOfMillion(cost))),
    ]),
  )

const aMinute = (count: number): string =>
  `${whole(count)} a minute, ${whole(count * MINUTES_A_DAY)} a day`

function breaksTable(months: readonly Month[], pace: Pace): string {
  const full = months.map(
    ({ reportsADay, daysUntilFull }) =>
      `${whole(daysUntilFull)} days at ${whole(reportsADay)} a day`,
  )
  return table(
    ['What', 'From'],
    [
      [
        'the free plan answers 429',
        `${whole(mostOnFreePlan(FREE_REQUESTS_A_DAY, pace))} reports a day`,
      ],
      ['reports wait in R2', aMinute(pace.floodLimit)],
      ['more come than the drain takes', aMinute(pace.drained)],
      ['D1 is 80 % full on the paid plan', full.join('; ')],
    ],
    true,
  )
}

const priceTable = (): string =>
  table(
    ['Price', 'USD'],
    [
      [`the paid plan, with ${whole(BASE.requests)} requests`, usd(BASE.usd)],
      ['a million requests above them', usd(USD_PER_MILLION.requests)],
      ['a million rows read (look it up)', USD_PER_MILLION.rowsRead.toFixed(3)],
      ['a million rows written (look it up)', usd(USD_PER_MILLION.rowsWritten)],
      ['a million writes or lists of R2 (look it up)', usd(USD_PER_MILLION.classA)],
      ['a million reads of R2 (look it up)', usd(USD_PER_MILLION.classB)],
    ],
  )

const assumedTable = (): string =>
  table(
    ['Assumed', 'Number'],
    [
      ['questions for a reply, for each report', whole(ASSUMED.questions)],
      ['people of the staff with the app open', whole(ASSUMED.people)],
      ['hours a day that each has it open', whole(ASSUMED.hours)],
      ['reports that each opens a day, at most', whole(ASSUMED.opened)],
      ['signed changes of an opened report', whole(ASSUMED.changes)],
      ['days of a month', whole(ASSUMED.days)],
    ],
  )

/** Returns the page's tables, keyed by the name in the comment above each table. */
function tablesOf(folder: string): Record<string, string> {
  const pace = paceIn(folder)
  const months = REPORTS_A_DAY.map((reports) => monthOf(reports, pace))
  return {
    months: monthTable(months),
    assumed: assumedTable(),
    prices: priceTable(),
    junk: junkTable(),
    breaks: breaksTable(months, pace),
  }
}

/**
 * Inserts the tables into the page.
 *
 * @throws Error for a page that lacks the comments around one of the tables
 */
export function withTables(folder: string, page: string): string {
  return Object.entries(tablesOf(folder)).reduce((text, [name, made]) => {
    const [begin, end] = [`<!-- Counted, ${name}: begin -->`, `<!-- Counted, ${name}: end -->`]
    const [from, to] = [text.indexOf(begin), text.indexOf(end)]
    if (from < 0 || to < from) throw new Error(`${COSTS_PAGE} has no place for ${begin}`)
    return `${text.slice(0, from)}${begin}\n\n${made}\n\n${text.slice(to)}`
  }, page)
}

/** Removes the padding that Prettier adds to a table. */
const unaligned = (page: string): string => page.replace(/\s+/g, ' ').replace(/-{2,}/g, '--')

/** Reports a fault when the tables in docs/costs.md differ from the computed tables. */
export function costFaults(folder: string): string[] {
  const page = readFileSync(join(folder, COSTS_PAGE), 'utf8')
  if (unaligned(withTables(folder, page)) === unaligned(page)) return []
  return [`${COSTS_PAGE} is old: npx vitest run test/scripts/costs.node.test.ts --update=all`]
}
