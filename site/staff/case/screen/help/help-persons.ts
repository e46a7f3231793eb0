// Names the people of a case for the help that they got.
import { type PersonPlace } from '../../../crypto/case-entry.ts'
import { threadsOf } from '../../read/in-thread.ts'
import { type LoadedReport } from '../../read/load-report.ts'
import { personsIn, type LoadedPerson } from '../../read/read-records.ts'
import { personOf } from '../../read/wish-rules.ts'
import { wishesOf } from '../../read/wishes-of.ts'

export interface NamedPerson {
  place: PersonPlace
  /** empty for a person without a name */
  name: string
}

const peopleIn = (loaded: LoadedReport): (NamedPerson & Pick<LoadedPerson['kept'], 'role'>)[] =>
  threadsOf(loaded).flatMap(({ id: caseId, records }) =>
    personsIn(records).map(({ record, kept: { name, role } }) => ({
      ...{ place: { caseId, record }, name: name.trim(), role },
    })),
  )

/** Lists the people of the case and of the absorbed cases. */
export const namedPersons = (loaded: LoadedReport): NamedPerson[] => peopleIn(loaded)

/**
 * Guesses whom help is for: the person whom the case is about, otherwise the first victim. Returns
 * null without either.
 */
export function helpedPerson(loaded: LoadedReport): PersonPlace | null {
  const people = peopleIn(loaded)
  const { about } = wishesOf(loaded)
  const isAbout = ({ place }: NamedPerson): boolean =>
    about.includes(personOf(place.caseId, place.record))
  const found = people.find(isAbout) ?? people.find(({ role }) => role === 'victim')
  return found?.place ?? null
}
