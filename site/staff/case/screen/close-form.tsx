// Asks why a case is closed. The reason is signed with the status, and the statistics count it.
// Also asks how a danger ended, and for words with the reason `other`.
import { useEffect, useRef, useState } from 'preact/hooks'
import { hasWords } from '#protocol/report/plain-report'
import { CLOSE_REASONS, type CloseReason } from '#protocol/staff/fields'
import { useMessages } from '../../i18n/messages.tsx'
import { Field, Form } from '../../ui/form.tsx'
import { threadsOf } from '../read/in-thread.ts'
import { type LoadedReport } from '../read/load-report.ts'
import { tasksOf } from '../read/tasks-of.ts'
import { asksDanger, type ChosenReason, type Closing } from '../write/close-case.ts'

const isChosen = (reason: CloseReason): reason is ChosenReason => reason !== 'merged'

interface CloseFormProps {
  loaded: LoadedReport
  busy: boolean
  onClose: (closing: Closing) => void
  onCancel: () => void
}

export function CloseForm({ loaded, busy, onClose, onCancel }: CloseFormProps) {
  const { t } = useMessages()
  const [reason, setReason] = useState<ChosenReason | null>(null)
  const [dangerOver, setDangerOver] = useState('')
  const [other, setOther] = useState('')
  const [isTried, setIsTried] = useState(false)
  const reasons = useRef<HTMLFieldSetElement>(null)
  useEffect(() => reasons.current?.querySelector('input')?.focus(), [])
  const open = tasksOf(threadsOf(loaded)).filter(({ end }) => end === null).length
  const hasDanger = asksDanger(loaded, reason)
  const lacksDanger = hasDanger && !hasWords(dangerOver)
  const lacksOther = reason === 'other' && !hasWords(other)
  const close = (): void => {
    setIsTried(true)
    if (reason && !lacksDanger && !lacksOther) onClose({ reason, dangerOver, other })
  }
  return (
    <Form onSubmit={close} onCancel={onCancel}>
      <fieldset ref={reasons}>
        <legend>{t('staff.close.title')}</legend>
        {CLOSE_REASONS.filter(isChosen).map((each) => (
          <label key={each} class="choice">
            <input
              type="radio"
              name="close-reason"
              checked={reason === each}
              onChange={() => setReason(each)}
            />
            <span>{t(`staff.close.${each}`)}</span>
          </label>
        ))}
      </fieldset>
      {isTried && reason === null && (
        <p class="mistake" role="alert">
          {t('staff.close.missing')}
        </p>
      )}
      {reason === 'other' && (
        <Field
          label={t('staff.close.other.words')}
          hint={t('staff.danger.hint')}
          mistake={isTried && lacksOther ? t('staff.close.other.missing') : null}
          value={other}
          onInput={setOther}
          rows={2}
        />
      )}
      {hasDanger && (
        <Field
          label={t('staff.close.danger')}
          hint={t('staff.close.danger.hint')}
          mistake={isTried && lacksDanger ? t('staff.close.danger.missing') : null}
          value={dangerOver}
          onInput={setDangerOver}
          rows={2}
        />
      )}
      {open > 0 && <p class="warning">{t('staff.close.tasks', { n: open })}</p>}
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
