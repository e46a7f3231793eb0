// Asks for the reason for closing a case. The reason is signed together with the status, and
// counted in the statistics. Also asks how a danger ended, and asks for an explanation if the
// reason is `other`. Then asks whether colleagues may later ask how the person is.
import { useEffect, useRef, useState } from 'preact/hooks'
import { hasWords } from '#protocol/report/plain-report'
import { CLOSE_REASONS, type CloseReason } from '#protocol/staff/fields'
import { useMessages } from '../../../i18n/messages.tsx'
import { useSessionContext } from '../../../session/session-context.ts'
import { Field, Form } from '../../../ui/form.tsx'
import { helpOf } from '../../read/help-of.ts'
import { threadsOf } from '../../read/in-thread.ts'
import { type LoadedReport } from '../../read/load-report.ts'
import { tasksOf } from '../../read/tasks-of.ts'
import { asksDanger, type ChosenReason, type Closing } from '../../write/close-case.ts'
import { asksFollowUp } from '../../write/plan-follow-up.ts'
import { WithCaseWords } from '../with-case-words.tsx'
import { FollowUpFields, followUpFrom, NO_ANSWERS } from './follow-up-fields.tsx'

const isChosen = (reason: CloseReason): reason is ChosenReason => reason !== 'merged'

export interface CloseFormProps {
  loaded: LoadedReport
  busy: boolean
  onClose: (closing: Closing) => void
  onCancel: () => void
}

/**
 * The form uses the strings for the staff's side of the case, which are loaded along with the form.
 */
export const CloseForm = (props: CloseFormProps) => (
  <WithCaseWords>
    <Questions {...props} />
  </WithCaseWords>
)

function Questions({ loaded, busy, onClose, onCancel }: CloseFormProps) {
  const words = useMessages()
  const { t } = words
  const { keys } = useSessionContext()
  const [reason, setReason] = useState<ChosenReason | null>(null)
  const [dangerOver, setDangerOver] = useState('')
  const [other, setOther] = useState('')
  const [answers, setAnswers] = useState(NO_ANSWERS)
  const [isTried, setIsTried] = useState(false)
  const reasons = useRef<HTMLFieldSetElement>(null)
  useEffect(() => reasons.current?.querySelector('input')?.focus(), [])
  const open = tasksOf(threadsOf(loaded)).filter(({ end }) => end === null).length
  const hasRefused = helpOf(threadsOf(loaded)).some(
    ({ last, end }) => end === null && last.help.outcome === 'refused',
  )
  const hasDanger = asksDanger(loaded, reason)
  const lacksDanger = hasDanger && !hasWords(dangerOver)
  const lacksOther = reason === 'other' && !hasWords(other)
  const close = (): void => {
    setIsTried(true)
    if (!reason || lacksDanger || lacksOther) return
    const followUp = asksFollowUp(reason)
      ? followUpFrom(loaded, answers, keys.personId, words)
      : undefined
    onClose({ reason, dangerOver, other, ...(followUp && { followUp }) })
  }
  return (
    <Form busy={busy} onSubmit={close} onCancel={onCancel}>
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
      {hasRefused && <p class="note">{t('staff.help.refused.hint')}</p>}
      {asksFollowUp(reason) && (
        <FollowUpFields loaded={loaded} answers={answers} onAnswers={setAnswers} />
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
