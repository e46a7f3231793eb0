// Finds conflicts between the age in a classification and the rest of the case. The app shows each
// conflict, and a person decides which age is right.
import { type PersonPlace } from '../../crypto/case-entry.ts'
import { bandSays } from '../../crypto/age-band.ts'
import { type CasePerson } from '../../crypto/case-record.ts'
import { type Classification } from '../../crypto/classification.ts'
import { type LoadedReport } from './load-report.ts'
import { ageSays, classesSay, isKnownChild, lettersSayChild } from './minor-of.ts'
import { namedPersons, personValue } from './named-persons.ts'

/**
 * - `age_child`, `age_adult`: the age in the record says under 18, or 18 and over
 * - `band`: the answer and the age band differ
 * - `letter`: a letter says that somebody is under 18
 * - `other`: another person in the case is under 18
 */
export type AgeConflict = 'age_child' | 'age_adult' | 'band' | 'letter' | 'other'

type Ages = Pick<Classification, 'under18' | 'ageBand'>

/** @param classes  as stored in the record, or as a form is about to store them */
export function ageConflicts(
  loaded: LoadedReport,
  place: PersonPlace,
  { age }: Pick<CasePerson, 'age'>,
  classes: Ages,
): AgeConflict[] {
  const [said, inRecord, band] = [classesSay(classes), ageSays(age), bandSays(classes.ageBand)]
  const { under18 } = classes
  const differs = (under18 === 'yes' || under18 === 'no') && band !== null && band !== under18
  return [
    ...(said === 'no' && inRecord === 'yes' ? (['age_child'] as const) : []),
    ...(said === 'yes' && inRecord === 'no' ? (['age_adult'] as const) : []),
    ...(differs ? (['band'] as const) : []),
    ...(said === 'no' && lettersSayChild(loaded) ? (['letter'] as const) : []),
    ...(said === 'no' && hasOtherChild(loaded, place) ? (['other'] as const) : []),
  ]
}

const hasOtherChild = (loaded: LoadedReport, place: PersonPlace): boolean =>
  namedPersons(loaded).some(
    (each) =>
      each.role !== 'suspect' &&
      personValue(each.place) !== personValue(place) &&
      isKnownChild(loaded, each.place),
  )
