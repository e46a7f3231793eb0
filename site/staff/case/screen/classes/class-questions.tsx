// Shows the questions of a classification. Nothing is chosen in advance: "not asked" stays until
// somebody answers, and can be chosen again.
import { Fragment } from 'preact'
import { type SayClass } from '../../facts/with-class-words.tsx'
import { SelectField } from '../../../ui/select-field.tsx'
import { ChoiceRow } from '../../../ui/choice-row.tsx'
import { CodeChoices } from './code-choices.tsx'
import { CountryChoice } from './country-choice.tsx'
import { type ClassDraft } from './class-draft.ts'
import {
  answerWords,
  CODES,
  codeWords,
  fieldName,
  SEVERAL_FIELDS,
  type Answers,
  type CountryField,
} from './class-fields.ts'
import { StatusChoice } from './status-choice.tsx'

interface QuestionsProps {
  say: SayClass
  countries: ReadonlyMap<string, string>
  answers: Answers
  typed: ClassDraft['typed']
  /** true after an attempt to save */
  isTried: boolean
  onChange: (answers: Answers, typed?: ClassDraft['typed']) => void
}

/** The value of a choice that stands for null. */
const NOT_ASKED = ''

export function ClassQuestions(props: QuestionsProps) {
  const { say, countries, answers, typed, isTried, onChange } = props
  const set = (part: Partial<Answers>): void => onChange({ ...answers, ...part })
  const one = (field: 'gender' | 'under18' | 'ageBand') => (
    <ChoiceRow
      label={fieldName(field, say)}
      options={optionsOf(field, say)}
      value={answers[field] ?? NOT_ASKED}
      // The row offers only the codes of this field.
      onChange={(code) => set({ [field]: code === NOT_ASKED ? null : code })}
    />
  )
  const land = (field: CountryField, isSingle = false) => {
    const answer = answers[field]
    return (
      <CountryChoice
        {...{ field, isSingle, say, countries }}
        answer={answer === null || answer === 'unknown' ? answer : [answer].flat()}
        typed={typed[field]}
        isWrong={isTried && typed[field].trim() !== ''}
        onAnswer={(next, text) =>
          onChange(
            { ...answers, [field]: isSingle && Array.isArray(next) ? (next[0] ?? null) : next },
            { ...typed, [field]: text },
          )
        }
      />
    )
  }
  return (
    <>
      {one('gender')}
      {land('citizenship')}
      <p class="hint">{say('staff-class.law')}</p>
      {one('under18')}
      {one('ageBand')}
      <StatusChoice
        {...{ say, isTried }}
        status={answers.status}
        onStatus={(status) => set({ status })}
      />
      {SEVERAL_FIELDS.map((field) => (
        <Fragment key={field}>
          {field === 'sexualExploitation' && (
            <SelectField
              label={fieldName('industry', say)}
              value={answers.industry ?? NOT_ASKED}
              options={optionsOf('industry', say)}
              onChange={(code) =>
                set({ industry: code === NOT_ASKED ? null : (code as Answers['industry']) })
              }
            />
          )}
          <CodeChoices
            {...{ field, say }}
            answer={answers[field]}
            words={answerWords(answers, field, say, countries)}
            onAnswer={(next) => set({ [field]: next })}
          />
        </Fragment>
      ))}
      {land('recruitedIn', true)}
      {land('exploitedIn')}
    </>
  )
}

function optionsOf(
  field: 'gender' | 'under18' | 'ageBand' | 'industry',
  say: SayClass,
): (readonly [string, string])[] {
  const codes: readonly string[] = CODES[field]
  return [
    [NOT_ASKED, say('staff-class.none')],
    ...codes.map((code) => [code, codeWords(field, code, say)] as const),
    ['unknown', say('staff-class.unknown')],
  ]
}
