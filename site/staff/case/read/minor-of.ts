// Finds whether a person in the case is under 18, from what colleagues wrote down and what the
// letters say.
import { type PersonPlace } from '../../crypto/case-entry.ts'
import { type LoadedReport } from './load-report.ts'
import { bandOf, bandSays } from '../../crypto/age-band.ts'
import { type Classification } from '../../crypto/classification.ts'
import { SUMMARY, type CasePerson } from '../../crypto/case-record.ts'
import { threadsOf } from './in-thread.ts'
import { personsIn } from './read-records.ts'

/**
 * Returns `yes` for one child among them, because help for a child has other rules. A letter that
 * says so is enough. Suspects do not count. Returns `no` only when a signed record of each person
 * says so.
 */
export function minorOf(loaded: LoadedReport): 'yes' | 'no' | 'unknown' {
  const records = threadsOf(loaded).flatMap(({ signed }) => signed.records)
  const known = personsIn(records)
    .filter(({ kept }) => kept.role !== 'suspect')
    .map(({ kept }) => isUnder18(kept))
  if (known.includes('yes') || lettersSayChild(loaded)) return 'yes'
  // A person whom the server withholds or exchanges may be a child.
  const isOpen = records.every(({ record, kept }) => kept !== null || record === SUMMARY)
  return isOpen && known.length > 0 && !known.includes('unknown') ? 'no' : 'unknown'
}

/** Also counts a letter that nobody proved, because a child too many does no harm. */
export const lettersSayChild = (loaded: LoadedReport): boolean =>
  threadsOf(loaded)
    .flatMap(({ first, followUps }) => [first?.report, ...followUps.map(({ report }) => report)])
    .some((report) => report?.under18 === 'yes')

/** Returns what the words about an age say. A year of birth is no age, and a year may be wrong. */
export const ageSays = (age: string): 'yes' | 'no' | 'unknown' => bandSays(bandOf(age)) ?? 'unknown'

/** Returns what the classification says. A band and an answer that differ count as a child. */
export function classesSay({
  under18,
  ageBand,
}: Pick<Classification, 'under18' | 'ageBand'>): 'yes' | 'no' | 'unknown' {
  const said = [under18, bandSays(ageBand)]
  return said.includes('yes') ? 'yes' : said.includes('no') ? 'no' : 'unknown'
}

/** Returns `yes` when the age or the classification says so, because a mistake costs least then. */
function isUnder18({ age, classes }: CasePerson): 'yes' | 'no' | 'unknown' {
  const said = [ageSays(age), classesSay(classes)]
  return said.includes('yes') ? 'yes' : said.includes('no') ? 'no' : 'unknown'
}

/** Returns true when a signed record of the person says that they are under 18. */
export function isKnownChild(loaded: LoadedReport, person: PersonPlace | null): boolean {
  const thread = threadsOf(loaded).find(({ id }) => id === person?.caseId)
  const found = personsIn(thread?.signed.records ?? []).find(
    ({ record }) => record === person?.record,
  )
  return found !== undefined && isUnder18(found.kept) === 'yes'
}
