// Shows the codes of a field that takes several codes. The codes are collapsed, because some fields
// have eighteen of them. While nothing is ticked, the question counts as not asked.
import { type SayClass } from '../../facts/with-class-words.tsx'
import { Tick } from '../../../ui/tick.tsx'
import { CODES, codeWords, fieldName, type Answers, type SeveralField } from './class-fields.ts'

interface CodeChoicesProps {
  field: SeveralField
  answer: Answers[SeveralField]
  /** the answer as text */
  words: string
  say: SayClass
  onAnswer: (answer: string[] | 'unknown' | null) => void
}

export function CodeChoices({ field, answer, words, say, onAnswer }: CodeChoicesProps) {
  const codes: readonly string[] = CODES[field]
  const chosen: readonly string[] = Array.isArray(answer) ? answer : []
  const toggle = (code: string): void => {
    const next = codes.filter((each) => chosen.includes(each) !== (each === code))
    onAnswer(next.length > 0 ? next : null)
  }
  return (
    <fieldset class="class-codes">
      <legend>{fieldName(field, say)}</legend>
      <details>
        <summary>{words}</summary>
        <div class="class-list">
          {codes.map((code) => (
            <Tick
              key={code}
              label={codeWords(field, code, say)}
              isOn={chosen.includes(code)}
              onChange={() => toggle(code)}
            />
          ))}
          <Tick
            label={say('staff-class.unknown')}
            isOn={answer === 'unknown'}
            onChange={(isOn) => onAnswer(isOn ? 'unknown' : null)}
          />
        </div>
      </details>
    </fieldset>
  )
}
