// Shows the codes of a field that takes several. The codes are folded, because some fields have
// eighteen. Without a tick, nobody has asked.
import { type SayClass } from '../../facts/with-class-words.tsx'
import { CODES, codeWords, fieldName, type Answers, type SeveralField } from './class-fields.ts'

interface CodeChoicesProps {
  field: SeveralField
  answer: Answers[SeveralField]
  /** the answer in words */
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
            <Tick key={code} isOn={chosen.includes(code)} onChange={() => toggle(code)}>
              {codeWords(field, code, say)}
            </Tick>
          ))}
          <Tick
            isOn={answer === 'unknown'}
            onChange={() => onAnswer(answer === 'unknown' ? null : 'unknown')}
          >
            {say('staff-class.unknown')}
          </Tick>
        </div>
      </details>
    </fieldset>
  )
}

interface TickProps {
  isOn: boolean
  onChange: () => void
  children: string
}

const Tick = ({ isOn, onChange, children }: TickProps) => (
  <label class="choice">
    <input type="checkbox" checked={isOn} onChange={onChange} />
    <span>{children}</span>
  </label>
)
