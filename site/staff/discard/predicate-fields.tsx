// Shows the fields of a discard: one choice of several, and a day.
import { useId } from 'preact/hooks'

interface PredicateChoiceProps {
  name: string
  label: string
  checked: boolean
  onChoose: () => void
}

export const PredicateChoice = ({ name, label, checked, onChoose }: PredicateChoiceProps) => (
  <label class="choice">
    <input type="radio" name={name} checked={checked} onChange={onChoose} />
    <span>{label}</span>
  </label>
)

interface PredicateDayProps {
  label: string
  value: string
  max: string
  onInput: (day: string) => void
}

export function PredicateDay({ label, value, max, onInput }: PredicateDayProps) {
  const id = useId()
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <input
        id={id}
        type="date"
        required
        value={value}
        max={max}
        onInput={({ currentTarget }) => onInput(currentTarget.value)}
      />
    </div>
  )
}
