// Shows a labelled list to choose one value from, and a labelled day.
import { useId } from 'preact/hooks'

interface SelectFieldProps {
  label: string
  hint?: string
  value: string
  /** the value and the words of each choice */
  options: readonly (readonly [value: string, words: string])[]
  onChange: (value: string) => void
}

export function SelectField({ label, hint, value, options, onChange }: SelectFieldProps) {
  const id = useId()
  return (
    <div class="field">
      <label for={id}>{label}</label>
      {hint && (
        <p class="hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      <select
        id={id}
        value={value}
        aria-describedby={hint ? `${id}-hint` : undefined}
        onChange={({ currentTarget }) => onChange(currentTarget.value)}
      >
        {options.map(([each, words]) => (
          <option key={each} value={each}>
            {words}
          </option>
        ))}
      </select>
    </div>
  )
}

interface DayFieldProps {
  label: string
  /** a day of the calendar; empty for none */
  value: string
  /** the last day to choose; none for any */
  max?: string
  required?: boolean
  onInput: (day: string) => void
}

export function DayField({ label, onInput, ...limits }: DayFieldProps) {
  const id = useId()
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <input
        id={id}
        type="date"
        {...limits}
        onInput={({ currentTarget }) => onInput(currentTarget.value)}
      />
    </div>
  )
}
