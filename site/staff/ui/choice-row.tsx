// Shows a short question with its answers side by side.
import { useId } from 'preact/hooks'

interface ChoiceRowProps<Value extends string> {
  label: string
  /** true when the label is only read out, because the text above already shows it */
  isQuiet?: boolean
  hint?: string
  /** the error for a missing answer; null without an error */
  mistake?: string | null
  options: readonly (readonly [value: Value, words: string])[]
  value: Value | null
  onChange: (value: Value) => void
}

export function ChoiceRow<Value extends string>(props: ChoiceRowProps<Value>) {
  const { label, isQuiet = false, hint, mistake, options, value, onChange } = props
  const name = useId()
  return (
    <fieldset class="choice-row">
      <legend class={isQuiet ? 'apart' : undefined}>{label}</legend>
      {hint && <p class="hint">{hint}</p>}
      {options.map(([each, words], at) => (
        <label key={each} class="choice">
          <input
            type="radio"
            name={name}
            checked={value === each}
            aria-invalid={mistake && at === 0 ? true : undefined}
            aria-describedby={mistake ? `${name}-mistake` : undefined}
            onChange={() => onChange(each)}
          />
          <span dir="auto">{words}</span>
        </label>
      ))}
      {mistake && (
        <p class="mistake" id={`${name}-mistake`} role="alert">
          {mistake}
        </p>
      )}
    </fieldset>
  )
}
