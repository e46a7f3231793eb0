// Asks how many people a letter is about, and whether somebody is under 18. Skipping a question is
// as easy as answering it.
import { PEOPLE, UNDER_18 } from '#protocol/report/plain-report'
import { WithClassWords, type SayClass } from '../case/facts/with-class-words.tsx'
import { ChoiceRow } from '../ui/choice-row.tsx'
import { type LetterFields } from '../case/write/letter-form.ts'

/** The value of a choice that stands for no answer. */
const SKIPPED = ''

interface PeopleFieldsProps {
  letter: LetterFields
  onChange: (part: Partial<LetterFields>) => void
}

export const PeopleFields = ({ letter, onChange }: PeopleFieldsProps) => (
  <WithClassWords>
    {(say) => (
      <>
        <ChoiceRow
          label={say('staff-class.people')}
          options={[
            ...PEOPLE.map((each) => [each, each.replace('-', '–')] as const),
            [SKIPPED, say('staff-class.skip')],
          ]}
          value={letter.people ?? SKIPPED}
          onChange={(people) => onChange({ people: people === SKIPPED ? null : people })}
        />
        <ChoiceRow
          label={say('staff-class.young')}
          hint={say('staff-class.law')}
          options={[
            ...UNDER_18.map((each) => [each, youngWords(each, say)] as const),
            [SKIPPED, say('staff-class.skip')],
          ]}
          value={letter.under18 ?? SKIPPED}
          onChange={(under18) => onChange({ under18: under18 === SKIPPED ? null : under18 })}
        />
      </>
    )}
  </WithClassWords>
)

const youngWords = (answer: (typeof UNDER_18)[number], say: SayClass): string =>
  answer === 'unknown' ? say('staff-class.young.unknown') : say(`staff-class.under18.${answer}`)
