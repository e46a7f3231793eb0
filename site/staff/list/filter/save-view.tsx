// Saves the filter as a view under a name, and removes saved views. The server cannot read the
// views.
import { useRef, useState } from 'preact/hooks'
import { useMessages } from '../../i18n/messages.tsx'
import { type Attempt } from '../../ui/use-attempt.ts'
import { ErrorMessage } from '../../ui/errors.tsx'
import { Field, Form } from '../../ui/form.tsx'
import { type ListFilter } from './list-filter.ts'
import type { OwnViews } from './use-views.ts'
import { MAX_VIEWS, VIEW_NAME_CHARS, withView, withoutView, type SavedView } from './views.ts'

export interface SaveViewProps {
  filter: ListFilter
  saved: readonly SavedView[]
  attempt: Attempt
  onChange: OwnViews['onChange']
}

export function SaveView({ filter, saved, attempt, onChange }: SaveViewProps) {
  const { t } = useMessages()
  const [name, setName] = useState('')
  const [isEmpty, setIsEmpty] = useState(false)
  const box = useRef<HTMLDivElement>(null)
  // The pressed button disappears with its view.
  const focusName = (): void => void setTimeout(() => box.current?.querySelector('input')?.focus())
  const save = (): void => {
    const trimmed = name.trim()
    setIsEmpty(trimmed === '')
    if (trimmed === '') return
    // After a refusal, the name stays in the field.
    onChange(
      (views) => withView(views, { name: trimmed, filter }),
      () => setName(''),
    )
  }
  return (
    <div class="saved-views" ref={box}>
      {saved.length < MAX_VIEWS && (
        <Form busy={attempt.busy} onSubmit={save}>
          <Field
            label={t('staff.list.save')}
            hint={t('staff.list.save.hint')}
            mistake={isEmpty ? t('staff.list.save.empty') : null}
            value={name}
            onInput={setName}
            maxLength={VIEW_NAME_CHARS}
          />
          <button type="submit" aria-disabled={attempt.busy}>
            {t('staff.list.save.go')}
          </button>
        </Form>
      )}
      <ErrorMessage why={attempt.why} />
      {saved.length > 0 && (
        <ul>
          {saved.map((view) => (
            <li key={view.name}>
              <bdi>{view.name}</bdi>
              <button
                type="button"
                aria-label={t('staff.list.save.remove.name', { name: view.name })}
                aria-disabled={attempt.busy}
                onClick={() => onChange((views) => withoutView(views, view.name), focusName)}
              >
                {t('staff.list.save.remove')}
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}
