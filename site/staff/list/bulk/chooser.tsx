// Asks for one of several values in a form, and shows an error when none is chosen.
import { useId, useState } from 'preact/hooks'
import { useMessages } from '../../i18n/messages.tsx'
import { Form } from '../../ui/form.tsx'

interface ChooserProps {
  label: string
  choices: readonly (readonly [value: string, name: string])[]
  go: string
  onChoose: (value: string) => void
}

export function Chooser({ label, choices, go, onChoose }: ChooserProps) {
  const { t } = useMessages()
  const id = useId()
  const [value, setValue] = useState('')
  const [isEmpty, setIsEmpty] = useState(false)
  const send = (): void => {
    setIsEmpty(value === '')
    if (value !== '') onChoose(value)
  }
  return (
    <Form onSubmit={send}>
      <div class="field">
        <label for={id}>{label}</label>
        <select
          id={id}
          value={value}
          aria-invalid={isEmpty ? true : undefined}
          aria-describedby={isEmpty ? `${id}-mistake` : undefined}
          onChange={({ currentTarget }) => setValue(currentTarget.value)}
        >
          <option value="">{t('staff.bulk.choose')}</option>
          {choices.map(([each, name]) => (
            <option key={each} value={each}>
              {name}
            </option>
          ))}
        </select>
        {isEmpty && (
          <p class="mistake" id={`${id}-mistake`} role="alert">
            {t('staff.bulk.choose.empty')}
          </p>
        )}
      </div>
      <button type="submit" class="go">
        {go}
      </button>
    </Form>
  )
}
