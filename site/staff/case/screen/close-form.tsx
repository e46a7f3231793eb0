// Asks for the reason why a case is closed. The reason is signed with the status, and the
// statistics count it.
import { useEffect, useRef, useState } from 'preact/hooks'
import { CLOSE_REASONS, type CloseReason } from '#protocol/staff/fields'
import { useMessages } from '../../i18n/messages.tsx'
import { Form } from '../../ui/form.tsx'
import { threadsOf } from '../read/in-thread.ts'
import { type LoadedReport } from '../read/load-report.ts'
import { tasksOf } from '../read/tasks-of.ts'

/** Merging closes a case by a separate row. */
export type ChosenReason = Exclude<CloseReason, 'merged'>

const isChosen = (reason: CloseReason): reason is ChosenReason => reason !== 'merged'

interface CloseFormProps {
  loaded: LoadedReport
  busy: boolean
  onClose: (reason: ChosenReason) => void
  onCancel: () => void
}

export function CloseForm({ loaded, busy, onClose, onCancel }: CloseFormProps) {
  const { t } = useMessages()
  const [reason, setReason] = useState<ChosenReason | null>(null)
  const [isMissing, setIsMissing] = useState(false)
  const legend = useRef<HTMLLegendElement>(null)
  useEffect(() => legend.current?.focus(), [])
  const open = tasksOf(threadsOf(loaded)).filter(({ end }) => end === null).length
  return (
    <Form onSubmit={() => (reason ? onClose(reason) : setIsMissing(true))} onCancel={onCancel}>
      <fieldset>
        <legend ref={legend} tabIndex={-1}>
          {t('staff.close.title')}
        </legend>
        {CLOSE_REASONS.filter(isChosen).map((each) => (
          <label key={each} class="choice">
            <input
              type="radio"
              name="close-reason"
              checked={reason === each}
              onChange={() => {
                setReason(each)
                setIsMissing(false)
              }}
            />
            <span>{t(`staff.close.${each}`)}</span>
          </label>
        ))}
      </fieldset>
      {open > 0 && <p class="warning">{t('staff.close.tasks', { n: open })}</p>}
      {isMissing && (
        <p class="mistake" role="alert">
          {t('staff.close.missing')}
        </p>
      )}
      <div class="verbs">
        <button type="submit" class="go" aria-disabled={busy}>
          {t('staff.close.go')}
        </button>
        <button type="button" onClick={onCancel}>
          {t('staff.people.not_yet')}
        </button>
      </div>
    </Form>
  )
}
