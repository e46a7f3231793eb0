// Computes the organisation's own tables for a year, with exact numbers and without figures about
// any colleague. The help and the facts about people come from the index, which has not checked
// them against a log.
import type { LeftFigures } from '#protocol/staff/figures'
import type { ReferralState } from '#protocol/staff/case-log/referral-fields'
import { HELP_KINDS } from '../crypto/case-entry.ts'
import type { IndexedCase } from '../search/case-index.ts'
import type { HelpedPerson } from './helped-people.ts'
import { listOf, ELSEWHERE, UNKNOWN } from './yearly-tables.ts'

export type OwnTableName = 'help' | 'cases' | 'referrals' | 'country'

interface FigureRow {
  /** the kind of the row, or the code of a country */
  code: string
  n: number
}

export interface OwnTable {
  name: OwnTableName
  /** without rows whose number is zero */
  rows: readonly FigureRow[]
  /**
   * number of people for `help` and `country`; number of referrals or new cases for the other
   * tables
   */
  total: number
}

export interface OwnFigures {
  tables: readonly OwnTable[]
  /** number of letters that arrived in the year */
  letters: number
  /**
   * the median time to the first reply, for all first letters that we answered; null if we answered
   * none
   */
  reply: { minutes: number; answered: number } | null
}

type CountedCase = Pick<IndexedCase, 'counts' | 'referrals'>

interface OwnChoice {
  year: string
  /** true for the current year, for which open and waiting cases are also counted */
  isNow: boolean
  /** the countries that have a row of their own; null if every country has one */
  countries: readonly string[] | null
}

/** @param helped  the people who were helped in any year */
export function ownFigures(
  cases: Iterable<CountedCase>,
  helped: readonly HelpedPerson[],
  choice: OwnChoice,
): OwnFigures {
  const { year, countries } = choice
  const all = [...cases].filter(({ counts }) => counts.since !== null)
  const people = helped.filter((each) => each.year === year)
  return {
    tables: [
      helpTable(people),
      casesTable(all, choice),
      referralsTable(all, year),
      countryTable(people, countries),
    ],
    letters: lettersOfYear(all, year),
    reply: replyIn(all, year),
  }
}

/** Counts the letters that arrived in a year. */
export const lettersOfYear = (cases: Iterable<CountedCase>, year: string): number =>
  [...cases]
    .flatMap(({ counts }) => counts.letters)
    .reduce((sum, each) => (each.year === year ? sum + each.n : sum), 0)

const isSomebody = ({ n }: FigureRow): boolean => n > 0

function helpTable(people: readonly HelpedPerson[]): OwnTable {
  const rows = HELP_KINDS.map((code) => ({
    code,
    n: people.filter(({ kinds }) => kinds.includes(code)).length,
  }))
  return { name: 'help', rows: byNumber(rows), total: people.length }
}

const byNumber = (rows: readonly FigureRow[]): FigureRow[] =>
  rows.filter(isSomebody).sort((a, b) => b.n - a.n)

function casesTable(all: readonly CountedCase[], { year, isNow }: OwnChoice): OwnTable {
  const count = (isCounted: (of: CountedCase['counts']) => boolean): number =>
    all.filter(({ counts }) => isCounted(counts)).length
  const isOpen = ({ status }: CountedCase['counts']): boolean => status !== 'closed'
  const total = count(({ since }) => since?.startsWith(year) ?? false)
  const rows = [
    { code: 'new', n: total },
    {
      code: 'closed',
      n: count(({ status, statusDay }) => status === 'closed' && isIn(statusDay, year)),
    },
    ...(isNow
      ? [
          { code: 'open', n: count(isOpen) },
          { code: 'waits', n: count((of) => isOpen(of) && of.waits) },
        ]
      : []),
  ]
  return { name: 'cases', rows: rows.filter(isSomebody), total }
}

const isIn = (day: string | null, year: string): boolean => day?.startsWith(year) ?? false

/** The rows of the table, in the order of the states that a referral passes through. */
const ENDS = ['made', 'sent', 'accepted', 'done', 'rejected', 'revoked'] as const
type End = (typeof ENDS)[number]

const endOf = (state: ReferralState): End => (state === 'told' ? 'revoked' : state)

function referralsTable(all: readonly CountedCase[], year: string): OwnTable {
  const ends = all.flatMap(({ referrals }) =>
    referrals.flatMap(({ signed }) => (isIn(signed.day, year) ? [endOf(signed.state)] : [])),
  )
  const rows = ENDS.map((code) => ({ code, n: ends.filter((end) => end === code).length }))
  return { name: 'referrals', rows: rows.filter(isSomebody), total: ends.length }
}

function countryTable(people: readonly HelpedPerson[], named: readonly string[] | null): OwnTable {
  const known = people
    .map(({ facts }) => listOf(facts?.exploitedIn ?? null))
    .filter(([first]) => first !== UNKNOWN)
  const counts = new Map<string, number>()
  for (const countries of known) {
    const rows = countries.map((each) => (named?.includes(each) === false ? ELSEWHERE : each))
    for (const code of new Set(rows)) counts.set(code, (counts.get(code) ?? 0) + 1)
  }
  const rows = byNumber([...counts].map(([code, n]) => ({ code, n })))
  const isOther = ({ code }: FigureRow): boolean => code === ELSEWHERE
  return {
    name: 'country',
    rows: [...rows.filter((row) => !isOther(row)), ...rows.filter(isOther)],
    total: known.length,
  }
}

/** Finds the median time to the first reply for the letters that arrived in a year. */
function replyIn(all: readonly CountedCase[], year: string): OwnFigures['reply'] {
  const minutes = all
    .flatMap(({ counts }) => counts.replies)
    .flatMap((each) => (each.year === year ? [each.minutes] : []))
    .sort((a, b) => a - b)
  const half = Math.floor(minutes.length / 2)
  const [middle, other] = [minutes[half], minutes[minutes.length - 1 - half]]
  if (middle === undefined || other === undefined) return null
  return { minutes: Math.round((middle + other) / 2), answered: minutes.length }
}

/**
 * Lists the current year and the years with figures or with tables that have left, newest first.
 */
export function yearsOf(
  cases: Iterable<CountedCase>,
  helped: readonly HelpedPerson[],
  left: readonly Pick<LeftFigures, 'year'>[],
  now: string,
): string[] {
  const opened = [...cases].flatMap(({ counts }) => counts.since?.slice(0, 4) ?? [])
  const gone = left.map(({ year }) => String(year))
  const years = new Set([now, ...opened, ...gone, ...helped.map(({ year }) => year)])
  return [...years].filter((year) => year <= now).sort((a, b) => b.localeCompare(a))
}
