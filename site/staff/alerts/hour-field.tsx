import { useId } from 'preact/hooks'

interface HourFieldProps {
  label: string
  hour: number
  onChange: (hour: number) => void
}

const HOURS = Array.from({ length: 24 }, (_, hour) => hour)
const hourText = (hour: number): string => `${hour}:00`

/** Offers the hours of the day in the organisation's time zone. */
export function HourField({ label, hour, onChange }: HourFieldProps) {
  const id = useId()
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <select
        id={id}
        value={hour}
        onChange={({ currentTarget }) => onChange(Number(currentTarget.value))}
      >
        {HOURS.map((each) => (
          <option key={each} value={each}>
            {hourText(each)}
          </option>
        ))}
      </select>
    </div>
  )
}
