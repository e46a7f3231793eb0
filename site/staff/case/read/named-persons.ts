// Lists the people in a case, for help entries and for referrals.
import { type PersonPlace } from '../../crypto/case-entry.ts'
import { threadsOf } from './in-thread.ts'
import { type LoadedReport } from './load-report.ts'
import { personsIn, type LoadedPerson } from './read-records.ts'
import { personOf } from './wish-rules.ts'
import { wishesOf } from './wishes-of.ts'

export interface NamedPerson extends Pick<LoadedPerson['kept'], 'role'> {
  place: PersonPlace
  /** empty for a person without a name */
  name: string
}

/**
 * Encodes a reference to a person as the value of a form field; empty for a person without a
 * record.
 */
export const personValue = (person: PersonPlace | null): string =>
  person ? `${person.caseId} ${person.record}` : ''

/** Decodes such a value; returns null for an empty string. */
export function placeIn(value: string): PersonPlace | null {
  const [caseId = '', record] = value.split(' ')
  return record === undefined ? null : { caseId, record: Number(record) }
}

/** Lists the people in the case and in the absorbed cases. */
export const namedPersons = (loaded: LoadedReport): NamedPerson[] =>
  threadsOf(loaded).flatMap(({ id: caseId, records }) =>
    personsIn(records).map(({ record, kept: { name, role } }) => ({
      ...{ place: { caseId, record }, name: name.trim(), role },
    })),
  )

/** Lists the people who may consent for a child. A relative who is also a suspect cannot. */
export const parentsOf = (loaded: LoadedReport, child: string): NamedPerson[] =>
  namedPersons(loaded).filter(
    ({ role, place }) => role === 'relative' && personValue(place) !== child,
  )

/**
 * Guesses who the help is for: the person whom the case is about, otherwise the first victim.
 * Returns null if there is neither.
 */
export function helpedPerson(loaded: LoadedReport): PersonPlace | null {
  const people = namedPersons(loaded)
  const { about } = wishesOf(loaded)
  const isAbout = ({ place }: NamedPerson): boolean =>
    about.includes(personOf(place.caseId, place.record))
  const found = people.find(isAbout) ?? people.find(({ role }) => role === 'victim')
  return found?.place ?? null
}
