// Asks how many people a letter is about, and whether somebody is under 18. To skip a question is
// as easy as to answer it.
import { PEOPLE, UNDER_18 } from '#protocol/report/plain-report'
import { WithClassWords, type SayClass } from '../case/facts/with-class-words.tsx'
import { type LetterFields } from '../case/write/letter-form.ts'

interface PeopleFieldsProps {
  letter: LetterFields
  onChange: (part: Partial<LetterFields>) => void
}

export const PeopleFields = ({ letter, onChange }: PeopleFieldsProps) => (
  <WithClassWords>
    {(say) => (
      <>
        <Choices
          name="people"
          title={say('staff-class.people')}
          options={[
            ...PEOPLE.map((each) => [each, each.replace('-', '–')] as const),
            [null, say('staff-class.skip')],
          ]}
          value={letter.people}
          onChange={(people) => onChange({ people })}
        />
        <Choices
          name="under18"
          title={say('staff-class.young')}
          hint={say('staff-class.law')}
          options={[
            ...UNDER_18.map((each) => [each, youngWords(each, say)] as const),
            [null, say('staff-class.skip')],
          ]}
          value={letter.under18}
          onChange={(under18) => onChange({ under18 })}
        />
      </>
    )}
  </WithClassWords>
)

const youngWords = (answer: (typeof UNDER_18)[number], say: SayClass): string =>
  answer === 'unknown' ? say('staff-class.young.unknown') : say(`staff-class.under18.${answer}`)

interface ChoicesProps<Value extends string> {
  name: string
  title: string
  hint?: string
  options: readonly (readonly [value: Value | null, words: string])[]
  value: Value | null
  onChange: (value: Value | null) => void
}

function Choices<Value extends string>(props: ChoicesProps<Value>) {
  const { name, title, hint, options, value, onChange } = props
  return (
    <fieldset>
      <legend>{title}</legend>
      {hint && <p class="hint">{hint}</p>}
      {options.map(([each, words]) => (
        <label key={each ?? ''} class="choice">
          <input
            type="radio"
            name={name}
            checked={value === each}
            onChange={() => onChange(each)}
          />
          <span>{words}</span>
        </label>
      ))}
    </fieldset>
  )
}
