// Finds the people who were helped. Each person counts only once, in the year in which they were
// first helped.
import { HELP_KINDS, type HelpKind } from '../crypto/case-entry.ts'
import type { CaseCounts, KeptPerson } from '../search/kept-counts.ts'
import type { KeptHelp } from '../search/kept-help.ts'

export interface HelpedPerson {
  /** the year of the first help */
  year: string
  /** the kinds of help in that year */
  kinds: readonly HelpKind[]
  /** null for a person without a record */
  facts: KeptPerson | null
}

interface HelpedCase {
  id: string
  help: readonly KeptHelp[]
  counts: Pick<CaseCounts, 'since' | 'people' | 'accused'>
}

/** @param cases  every case once, including the help recorded in the cases that it absorbed */
export function helpedPeople(cases: Iterable<HelpedCase>): HelpedPerson[] {
  const facts = new Map<string, KeptPerson>()
  const given = new Map<string, KeptHelp[]>()
  for (const each of cases) {
    if (each.counts.since === null) continue
    for (const person of each.counts.people) facts.set(nameOf(person), person)
    for (const { who, help } of givenIn(each)) {
      const known = given.get(who)
      if (known) known.push(help)
      else given.set(who, [help])
    }
  }
  return [...given].map(([who, helps]) => {
    const [year = ''] = helps.map(({ day }) => day.slice(0, 4)).sort()
    const inYear = new Set(helps.filter(({ day }) => day.startsWith(year)).map(({ help }) => help))
    const kinds = HELP_KINDS.filter((kind) => inYear.has(kind))
    return { year, kinds, facts: facts.get(who) ?? null }
  })
}

const nameOf = ({ caseId, record }: { caseId: string; record: number }): string =>
  `${caseId} ${record}`

/**
 * Finds the person for each help that was given. Help that names no person counts for the first
 * person in the case who was given help. If no such person exists, the help counts for the only
 * victim of the case. Otherwise, the help counts for one unknown person.
 */
function givenIn({ id, help, counts }: HelpedCase): { who: string; help: KeptHelp }[] {
  const accused = new Set(counts.accused.map(nameOf))
  const given = help.filter(
    ({ outcome, person }) => outcome === 'given' && !(person && accused.has(nameOf(person))),
  )
  const [first] = given
    .filter(({ person }) => person !== null)
    .sort((a, b) => a.day.localeCompare(b.day))
  const victims = counts.people.filter(({ role }) => role === 'victim')
  const only = victims.length === 1 ? victims[0] : null
  return given.map((each) => {
    const person = each.person ?? first?.person ?? only ?? null
    return { who: person ? nameOf(person) : id, help: each }
  })
}
