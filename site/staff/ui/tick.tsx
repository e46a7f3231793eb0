// Shows a checkbox with its label.
interface TickProps {
  label: string
  isOn: boolean
  onChange: (isOn: boolean) => void
}

export const Tick = ({ label, isOn, onChange }: TickProps) => (
  <label class="choice">
    <input
      type="checkbox"
      checked={isOn}
      onChange={({ currentTarget }) => onChange(currentTarget.checked)}
    />
    <span>{label}</span>
  </label>
)
