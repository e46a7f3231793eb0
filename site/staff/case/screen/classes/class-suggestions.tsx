// Shows the suggestions for a case, each beside the choice in the letter from which it was derived.
// A press accepts a suggestion, and a second press undoes this.
import { useId } from 'preact/hooks'
import { useMessages } from '../../../i18n/messages.tsx'
import { signWords } from '../../facts/coded-answers.tsx'
import { type SayClass } from '../../facts/with-class-words.tsx'
import { type LoadedReport } from '../../read/load-report.ts'
import { suggestionsOf, type SuggestedBy, type CodeSuggestion } from '../../read/suggestions.ts'
import { CODES, codeWords, fieldName, type Answers } from './class-fields.ts'

interface SuggestionsProps {
  loaded: LoadedReport
  say: SayClass
  countries: ReadonlyMap<string, string>
  began: Answers
  answers: Answers
  onAnswers: (answers: Answers) => void
}

export function Suggestions({ loaded, say, countries, began, ...props }: SuggestionsProps) {
  const { answers, onAnswers } = props
  const messages = useMessages()
  const title = useId()
  const { t } = messages
  const letters = suggestionsOf(loaded)
  if (letters.every((each) => each.length === 0)) return null
  const wordsOf = (from: SuggestedBy): string => {
    if (from.is === 'sign') return signWords(from.code, messages)
    return from.is === 'place' ? from.text : t(`staff.minor.${from.answer}`)
  }
  const codeOf = ({ field, code }: CodeSuggestion): string =>
    field === 'exploitedIn' ? (countries.get(code) ?? code) : codeWords(field, code, say)
  return (
    <section aria-labelledby={title}>
      <h6 id={title}>{say('staff-class.hints')}</h6>
      <p class="hint">{say('staff-class.hints.how')}</p>
      {letters.map((letter, at) =>
        letter.length === 0 ? null : (
          <dl key={at} class="facts suggested">
            {letters.length > 1 && (
              <div>
                <dt>{t('staff.thread.of', { n: at + 1, m: letters.length })}</dt>
              </div>
            )}
            {letter.map((each, place) => (
              <div key={place}>
                <dt dir="auto">{wordsOf(each.from)}</dt>
                <dd>
                  <button
                    type="button"
                    class="suggestion"
                    aria-pressed={isTaken(answers, each)}
                    aria-label={`${fieldName(each.field, say)}: ${codeOf(each)}`}
                    onClick={() => onAnswers(withSuggestion(answers, began, each))}
                  >
                    <small>{fieldName(each.field, say)}:</small> {codeOf(each)}
                  </button>
                </dd>
              </div>
            ))}
          </dl>
        ),
      )}
    </section>
  )
}

/** Sorts codes as the form does, because their order means nothing. Countries keep their order. */
const inOrder = (field: CodeSuggestion['field'], codes: readonly string[]): readonly string[] =>
  field === 'control' ? CODES.control.filter((each) => codes.includes(each)) : codes

const listIn = (answer: readonly string[] | string | null): readonly string[] =>
  Array.isArray(answer) ? (answer as readonly string[]) : []

export const isTaken = (answers: Answers, { field, code }: CodeSuggestion): boolean =>
  field === 'under18' ? answers.under18 === code : listIn(answers[field]).includes(code)

/** Takes a suggestion, or takes it back and restores the answer with which the form began. */
export function withSuggestion(
  answers: Answers,
  began: Answers,
  suggestion: CodeSuggestion,
): Answers {
  const { field, code } = suggestion
  const isOn = isTaken(answers, suggestion)
  if (field === 'under18') {
    const former = began.under18 === code ? null : began.under18
    return { ...answers, under18: isOn ? former : code }
  }
  const others = listIn(answers[field]).filter((each) => each !== code)
  if (!isOn) return { ...answers, [field]: inOrder(field, [...others, code]) }
  const isUnknown = began[field] === 'unknown'
  return { ...answers, [field]: others.length > 0 ? others : isUnknown ? 'unknown' : null }
}
