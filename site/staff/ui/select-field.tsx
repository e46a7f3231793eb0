// Shows a labelled field for a choice from a list, for a date, or for a date and time.
import { useId } from 'preact/hooks'

interface SelectFieldProps {
  label: string
  hint?: string
  value: string
  /** the value and the label of each choice */
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
  /** a calendar day, or a minute of the device's clock; empty for none */
  value: string
  /** the last day that can be chosen; null without a limit */
  max?: string
  required?: boolean
  onInput: (day: string) => void
}

export const DayField = (props: DayFieldProps) => <TimeField type="date" {...props} />

export const MomentField = (props: DayFieldProps) => <TimeField type="datetime-local" {...props} />

interface TimeFieldProps extends DayFieldProps {
  type: 'date' | 'datetime-local'
}

function TimeField({ label, onInput, ...limits }: TimeFieldProps) {
  const id = useId()
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <input id={id} {...limits} onInput={({ currentTarget }) => onInput(currentTarget.value)} />
    </div>
  )
}
