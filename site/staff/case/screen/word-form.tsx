// Asks for a short note before a task or a similar item is ended. The note may stay empty.
import { useMessages } from '../../i18n/messages.tsx'
import { Field, Form } from '../../ui/form.tsx'

interface WordFormProps {
  label: string
  hint?: string
  text: string
  onText: (text: string) => void
  /** the label of the button that saves */
  save: string
  busy: boolean
  onSave: () => void | Promise<void>
  onCancel: () => void
}

export function WordForm({ text, onText, save, busy, onSave, onCancel, ...field }: WordFormProps) {
  const { t } = useMessages()
  return (
    <Form busy={busy} onSubmit={onSave} onCancel={onCancel}>
      <Field {...field} value={text} onInput={onText} rows={2} />
      <div class="verbs">
        <button type="submit" class="go" aria-disabled={busy}>
          {save}
        </button>
        <button type="button" onClick={onCancel}>
          {t('staff.people.not_yet')}
        </button>
      </div>
    </Form>
  )
}
