// Counts the help of a year from what the index keeps. Counts people as well as entries, because
// the Foundation reports how many people it helped.
import { HELP_KINDS, type HelpKind, type HelpOutcome } from '../crypto/case-entry.ts'
import type { KeptHelp } from './kept-help.ts'

/** The help of one kind in one year. */
export interface HelpFigure extends Record<HelpOutcome, number> {
  year: string
  kind: HelpKind
  /** help that we gave ourselves */
  ours: number
  /** people who were given it */
  people: number
}

export interface HelpFigures {
  /** by year, then in the order of the kinds; leaves out what did not happen */
  kinds: HelpFigure[]
  /** people by the year in which they were first given help, each once ever */
  helped: { year: string; people: number }[]
}

interface CountedCase {
  id: string
  help: readonly KeptHelp[]
}

interface Counted extends KeptHelp {
  year: string
  /** identifies the person among all cases */
  who: string
}

/** @param cases  every case once, with the help of the cases that it absorbed */
export function countHelp(cases: readonly CountedCase[]): HelpFigures {
  const all = cases.flatMap(countedIn)
  const years = [...new Set(all.map(({ year }) => year))].sort()
  const firsts = firstYears(all)
  return {
    kinds: years.flatMap((year) =>
      HELP_KINDS.flatMap((kind) => {
        const some = all.filter((each) => each.year === year && each.help === kind)
        return some.length === 0 ? [] : [figureOf(year, kind, some)]
      }),
    ),
    helped: years.flatMap((year) => {
      const people = [...firsts.values()].filter((first) => first === year).length
      return people === 0 ? [] : [{ year, people }]
    }),
  }
}

const isGiven = ({ outcome }: KeptHelp): boolean => outcome === 'given'

/**
 * Finds whom each help was for. Help without a record of a person was for the first person of the
 * case who was given help. Without such a person it was for one person whom no record names.
 */
function countedIn({ id, help }: CountedCase): Counted[] {
  const [first] = help
    .filter((each) => isGiven(each) && each.person !== null)
    .sort((a, b) => a.day.localeCompare(b.day))
  return help.map((each) => {
    const person = each.person ?? first?.person ?? null
    const who = person ? `${person.caseId} ${person.record}` : id
    return { ...each, year: each.day.slice(0, 4), who }
  })
}

function firstYears(all: readonly Counted[]): Map<string, string> {
  const years = new Map<string, string>()
  for (const { who, year } of all.filter(isGiven)) {
    const known = years.get(who)
    if (known === undefined || year < known) years.set(who, year)
  }
  return years
}

function figureOf(year: string, kind: HelpKind, some: readonly Counted[]): HelpFigure {
  const given = some.filter(isGiven)
  const count = (outcome: HelpOutcome): number =>
    some.filter((each) => each.outcome === outcome).length
  return {
    ...{ year, kind, given: given.length, offered: count('offered') },
    ...{ refused: count('refused'), denied: count('denied') },
    ours: given.filter(({ isOurs }) => isOurs).length,
    people: new Set(given.map(({ who }) => who)).size,
  }
}
