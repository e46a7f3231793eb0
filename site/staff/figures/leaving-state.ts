// Determines whether the tables for a year have left the organisation, whether they may leave, and
// if not, why.
import {
  mayLeave,
  type FiguresLeave,
  type LeftFigures,
  type YearlyTable,
} from '#protocol/staff/figures'
import type { Roster } from '#protocol/staff/ledger/roster-state'
import { yearFigures, type YearFigures, type YearlyList } from './yearly-tables.ts'
import { type HelpedPerson } from './helped-people.ts'

/** The reasons why the tables for a year may not leave. The first reason that applies is shown. */
type LeavingFault = 'trial' | 'running' | 'unread' | 'ledger' | 'few' | 'late'

type LeavingState =
  /** `differs` is true when the cases would give different numbers today */
  | { is: 'left'; left: LeftFigures; differs: boolean }
  | { is: 'ready'; leaving: FiguresLeave }
  | { is: 'kept'; why: LeavingFault }

interface LeavingParts {
  year: number
  helped: readonly HelpedPerson[]
  letters: number
  list: YearlyList
  /** true once every case has been read */
  isRead: boolean
  isTrial: boolean
  /** null while the ledger is not valid */
  roster: Pick<Roster, 'figures' | 'checkpoint'> | null
  /** UTC minute */
  at: string
}

export function leavingState(parts: LeavingParts): LeavingState {
  const { year, helped, letters, list, isRead, isTrial, roster, at } = parts
  const today = yearFigures(helped, letters, year, list)
  const left = roster?.figures.find((each) => each.year === year)
  if (left) return { is: 'left', left, differs: isRead && differsFrom(left, today) }
  const kept = (why: LeavingFault): LeavingState => ({ is: 'kept', why })
  if (isTrial) return kept('trial')
  if (year >= Number(at.slice(0, 4))) return kept('running')
  if (!isRead) return kept('unread')
  if (!roster?.checkpoint) return kept('ledger')
  if (!today) return kept('few')
  const leaving = { ...today, checkpoint: roster.checkpoint.row }
  return mayLeave(leaving, roster.figures.at(-1) ?? null, at)
    ? { is: 'ready', leaving }
    : kept('late')
}

/**
 * Returns true when the cases would give different numbers today. Returns false when the first year
 * or the countries of the list have changed.
 */
function differsFrom(left: LeftFigures, today: YearFigures | null): boolean {
  if (today === null) return true
  if (today.since !== left.since || today.countries.join() !== left.countries.join()) return false
  return textOf(left) !== textOf(today)
}

const textOf = ({ people, letters, tables }: YearFigures): string =>
  JSON.stringify([people, letters, tables.map(textOfTable)])

const textOfTable = ({ table, lines }: YearlyTable): unknown => [
  table,
  lines.map(({ codes, people }) => [codes, people]),
]
