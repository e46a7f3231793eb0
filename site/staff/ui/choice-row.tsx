// Shows a short question with its answers side by side.
import { useId } from 'preact/hooks'

interface ChoiceRowProps<Value extends string> {
  label: string
  /** true when the label is only read out, because the text above already shows it */
  isQuiet?: boolean
  options: readonly (readonly [value: Value, words: string])[]
  value: Value | null
  onChange: (value: Value) => void
}

export function ChoiceRow<Value extends string>(props: ChoiceRowProps<Value>) {
  const { label, isQuiet = false, options, value, onChange } = props
  const name = useId()
  return (
    <fieldset class="choice-row">
      <legend class={isQuiet ? 'apart' : undefined}>{label}</legend>
      {options.map(([each, words]) => (
        <label key={each} class="choice">
          <input
            type="radio"
            name={name}
            checked={value === each}
            onChange={() => onChange(each)}
          />
          <span dir="auto">{words}</span>
        </label>
      ))}
    </fieldset>
  )
}
