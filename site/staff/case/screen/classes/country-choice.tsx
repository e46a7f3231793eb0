// Asks for one country or for several. A colleague types the name or picks it from the browser's
// list. Each chosen country can be removed.
import { type TargetedKeyboardEvent } from 'preact'
import { useId } from 'preact/hooks'
import { countryNamed } from '../../../i18n/country-names.ts'
import { type SayClass } from '../../facts/with-class-words.tsx'
import { fieldName, type CountryField } from './class-fields.ts'
import { withCountry, type CountryAnswer } from './settle-countries.ts'

interface CountryChoiceProps {
  field: CountryField
  answer: CountryAnswer
  /** true for a field that takes one country */
  isSingle?: boolean
  typed: string
  countries: ReadonlyMap<string, string>
  say: SayClass
  /** true after an attempt to save text that does not name a country */
  isWrong: boolean
  onAnswer: (answer: CountryAnswer, typed: string) => void
}

export function CountryChoice(props: CountryChoiceProps) {
  const { field, answer, isSingle = false, typed, countries, say, isWrong, onAnswer } = props
  const id = useId()
  const codes = Array.isArray(answer) ? answer : []
  const name = fieldName(field, say)
  // The name of one country may be the beginning of another country's name. So a name counts only
  // after Enter, or once the field loses focus.
  const settle = (text: string): void => {
    const code = countryNamed(text, countries)
    if (code !== null) onAnswer(isSingle ? [code] : withCountry(answer, code), '')
  }
  // Enter would submit the form.
  const hold = (event: TargetedKeyboardEvent<HTMLInputElement>): void => {
    if (event.key !== 'Enter' || event.ctrlKey || event.metaKey) return
    event.preventDefault()
    settle(event.currentTarget.value)
  }
  const takeOut = (code: string): void => {
    const left = codes.filter((each) => each !== code)
    onAnswer(left.length > 0 ? left : null, typed)
    document.getElementById(id)?.focus()
  }
  return (
    <fieldset class="class-countries">
      <legend>{name}</legend>
      {codes.length > 0 && (
        <ul class="chips">
          {codes.map((code) => (
            <li key={code}>
              <button
                type="button"
                aria-label={say('staff-class.country.remove', {
                  name: countries.get(code) ?? code,
                })}
                onClick={() => takeOut(code)}
              >
                {countries.get(code) ?? code} ×
              </button>
            </li>
          ))}
        </ul>
      )}
      <div class="field">
        <label for={id} class="apart">
          {name}. {say('staff-class.country.add')}
        </label>
        <input
          type="text"
          id={id}
          list={`${id}-all`}
          value={typed}
          autocomplete="off"
          placeholder={say('staff-class.country.add')}
          aria-describedby={isWrong ? `${id}-mistake` : undefined}
          aria-invalid={isWrong ? true : undefined}
          onKeyDown={hold}
          onInput={({ currentTarget }) => onAnswer(answer, currentTarget.value)}
          onChange={({ currentTarget }) => settle(currentTarget.value)}
        />
        <datalist id={`${id}-all`}>
          {[...countries.values()].map((each) => (
            <option key={each} value={each} />
          ))}
        </datalist>
        {isWrong && (
          <p class="mistake" id={`${id}-mistake`} role="alert">
            {say('staff-class.country.none')}
          </p>
        )}
      </div>
      <label class="choice">
        <input
          type="checkbox"
          checked={answer === 'unknown'}
          onChange={() => onAnswer(answer === 'unknown' ? null : 'unknown', typed)}
        />
        <span>{say('staff-class.unknown')}</span>
      </label>
    </fieldset>
  )
}
