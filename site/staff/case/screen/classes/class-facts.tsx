// Shows the classification of a person in words. A question that was never asked looks different
// from an answer that is not known.
import { type PersonPlace } from '../../../crypto/case-entry.ts'
import { type CasePerson } from '../../../crypto/case-record.ts'
import { FactList } from '../../../ui/untrusted-text.tsx'
import { type SayClass } from '../../facts/with-class-words.tsx'
import { ageConflicts, type AgeConflict } from '../../read/age-conflicts.ts'
import { type LoadedReport } from '../../read/load-report.ts'
import { answerWords, CLASS_FIELDS, fieldName, type Answers } from './class-fields.ts'

export interface ClassFactsProps {
  loaded: LoadedReport
  place: PersonPlace
  person: CasePerson
  say: SayClass
  countries: ReadonlyMap<string, string>
}

export function ClassFacts({ loaded, place, person, say, countries }: ClassFactsProps) {
  const { classes } = person
  const open = CLASS_FIELDS.filter((field) => field !== 'status' && classes[field] === null)
  return (
    <>
      <AgeConflicts {...{ loaded, place, person, say }} answers={classes} />
      <FactList facts={classFacts(classes, say, countries)} />
      {open.length > 0 && (
        <p class="hint">
          {say('staff-class.not_asked', {
            fields: open.map((field) => fieldName(field, say)).join(', '),
          })}
        </p>
      )}
    </>
  )
}

/**
 * Lists the answered fields. The status is always included, because it reads "possible" until
 * somebody answers.
 */
export const classFacts = (
  answers: Answers,
  say: SayClass,
  countries: ReadonlyMap<string, string>,
): [name: string, value: string][] =>
  CLASS_FIELDS.filter((field) => field === 'status' || answers[field] !== null).map((field) => [
    fieldName(field, say),
    field === 'status' && answers.status === null
      ? say('staff-class.status.default')
      : answerWords(answers, field, say, countries),
  ])

type AgeConflictsProps = Omit<ClassFactsProps, 'countries'> & { answers: Answers }

/** The conflicts that may be about somebody else, so that nothing may have to be corrected. */
const ABOUT_OTHERS = new Set<AgeConflict>(['letter', 'other'])

export const AgeConflicts = ({ loaded, place, person, say, answers }: AgeConflictsProps) => (
  <>
    {ageConflicts(loaded, place, person, answers).map((each) => (
      <p key={each} class={ABOUT_OTHERS.has(each) ? 'hint' : 'doubt'}>
        {say(`staff-class.differs.${each}`, { age: person.age })}
      </p>
    ))}
  </>
)
