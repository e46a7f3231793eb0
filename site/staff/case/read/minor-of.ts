// Determines whether a person in the case is under 18, from colleagues' records and from the
// letters.
import { type PersonPlace } from '../../crypto/case-entry.ts'
import { type LoadedReport } from './load-report.ts'
import { ADULT_YEARS, bandOf, bandSays } from '../../crypto/age-band.ts'
import { type Classification } from '../../crypto/classification.ts'
import { SUMMARY, type CasePerson } from '../../crypto/case-record.ts'
import { threadsOf } from './in-thread.ts'
import { personsIn } from './read-records.ts'

/**
 * Returns `yes` if at least one person is a child, because different rules apply to help for a
 * child. A single letter that says so is enough. Suspects do not count. Returns `no` only when a
 * signed record of every person rules out a child.
 */
export function minorOf(loaded: LoadedReport): 'yes' | 'no' | 'unknown' {
  const records = threadsOf(loaded).flatMap(({ signed }) => signed.records)
  const known = personsIn(records)
    .filter(({ kept }) => kept.role !== 'suspect')
    .map(({ kept }) => isUnder18(kept))
  if (known.includes('yes') || lettersSayChild(loaded)) return 'yes'
  // A person whose record the server withholds or replaces may be a child.
  const isOpen = records.every(({ record, kept }) => kept !== null || record === SUMMARY)
  return isOpen && known.length > 0 && !known.includes('unknown') ? 'no' : 'unknown'
}

/** Also counts a letter that is not proven, because counting one child too many does no harm. */
export const lettersSayChild = (loaded: LoadedReport): boolean =>
  threadsOf(loaded)
    .flatMap(({ first, followUps }) => [first?.report, ...followUps.map(({ report }) => report)])
    .some((report) => report?.under18 === 'yes')

const DATES = /\d{1,2}[./-]\d{1,2}[./-]\d{2,4}/g

/**
 * Interprets the text of an age field. "16, born 2009" means a child. A year or a date of birth
 * alone is not an age, because it may be wrong.
 */
export function ageSays(age: string): 'yes' | 'no' | 'unknown' {
  const words = age.replaceAll(DATES, '')
  const isChild = [...words.matchAll(/\d+/g)].some(([digits]) => Number(digits) < ADULT_YEARS)
  return isChild ? 'yes' : (bandSays(bandOf(words)) ?? 'unknown')
}

/**
 * Returns the answer in the classification. If the age band and the answer conflict, `yes`
 * prevails.
 */
export function classesSay({
  under18,
  ageBand,
}: Pick<Classification, 'under18' | 'ageBand'>): 'yes' | 'no' | 'unknown' {
  const said = [under18, bandSays(ageBand)]
  return said.includes('yes') ? 'yes' : said.includes('no') ? 'no' : 'unknown'
}

/**
 * Returns `yes` when the age or the classification says `yes`, because a mistake in that direction
 * does the least harm.
 */
function isUnder18({ age, classes }: CasePerson): 'yes' | 'no' | 'unknown' {
  const said = [ageSays(age), classesSay(classes)]
  return said.includes('yes') ? 'yes' : said.includes('no') ? 'no' : 'unknown'
}

/** Returns true when a signed record states that the person is under 18. */
export function isKnownChild(loaded: LoadedReport, person: PersonPlace | null): boolean {
  const thread = threadsOf(loaded).find(({ id }) => id === person?.caseId)
  const found = personsIn(thread?.signed.records ?? []).find(
    ({ record }) => record === person?.record,
  )
  return found !== undefined && isUnder18(found.kept) === 'yes'
}
