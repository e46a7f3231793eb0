// Offers the values for one part of the filter, and a choice that allows any value. A value that is
// no longer offered is still shown.
import { useId } from 'preact/hooks'
import { useMessages } from '../../i18n/messages.tsx'

interface FilterChoiceProps<Value extends string> {
  label: string
  /** true to show the label only to screen readers, because the first choice repeats it */
  isBare?: boolean
  value: Value | null
  choices: readonly Value[]
  name: (value: Value) => string
  onChoose: (value: Value | null) => void
}

export function FilterChoice<Value extends string>(props: FilterChoiceProps<Value>) {
  const { t } = useMessages()
  const id = useId()
  const { label, isBare = false, value, choices, name, onChoose } = props
  const offered = value === null || choices.includes(value) ? choices : [...choices, value]
  return (
    <div class={isBare ? 'bare-choice' : 'field'}>
      <label class={isBare ? 'apart' : undefined} for={id}>
        {label}
      </label>
      <select
        id={id}
        value={value ?? ''}
        onChange={({ currentTarget }) =>
          onChoose(offered.find((each) => each === currentTarget.value) ?? null)
        }
      >
        <option value="">{isBare ? label : t('staff.list.any')}</option>
        {offered.map((each) => (
          <option key={each} value={each}>
            {name(each)}
          </option>
        ))}
      </select>
    </div>
  )
}
