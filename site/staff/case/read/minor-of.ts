// Determines whether a person of the case is under 18, from the ages that colleagues wrote down.
import { type PersonPlace } from '../../crypto/case-entry.ts'
import { type LoadedReport } from './load-report.ts'
import { SUMMARY } from '../../crypto/case-record.ts'
import { threadsOf } from './in-thread.ts'
import { personsIn } from './read-records.ts'

const ADULT_YEARS = 18

/**
 * Returns `yes` if at least one is a child, because other rules apply to help for a child. Suspects
 * do not count. Returns `no` only when a signed record states the age of each person.
 */
export function minorOf(loaded: LoadedReport): 'yes' | 'no' | 'unknown' {
  const records = threadsOf(loaded).flatMap(({ signed }) => signed.records)
  const known = personsIn(records)
    .filter(({ kept }) => kept.role !== 'suspect')
    .map(({ kept }) => youngestIn(kept.age))
  // A person whose record the server withholds or replaces may be a child.
  const isOpen = records.every(({ record, kept }) => kept !== null || record === SUMMARY)
  const ages = isOpen ? known : [...known, null]
  if (ages.some((age) => age !== null && age < ADULT_YEARS)) return 'yes'
  return ages.length > 0 && !ages.includes(null) ? 'no' : 'unknown'
}

/** Reads "about 16 or 17" as 16, because the law treats a person of uncertain age as a child. */
function youngestIn(age: string): number | null {
  const numbers = [...age.matchAll(/\d+/g)].map(([digits]) => Number(digits))
  return numbers.length > 0 ? Math.min(...numbers) : null
}

/** Returns true when a signed record states that the person is under 18. */
export function isKnownChild(loaded: LoadedReport, person: PersonPlace | null): boolean {
  const thread = threadsOf(loaded).find(({ id }) => id === person?.caseId)
  const found = personsIn(thread?.signed.records ?? []).find(
    ({ record }) => record === person?.record,
  )
  const age = found ? youngestIn(found.kept.age) : null
  return age !== null && age < ADULT_YEARS
}
