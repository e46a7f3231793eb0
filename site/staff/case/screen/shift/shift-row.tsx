// Hands over one case, on the screen for the end of a shift.
import { useState } from 'preact/hooks'
import type { QueueItem } from '#protocol/staff/list/queue'
import { savedDraftKey } from '../../../crypto/drafts.ts'
import { useMessages } from '../../../i18n/messages.tsx'
import { useNames } from '../../../ledger/use-names.ts'
import { focusSoon } from '../../../session/navigation.ts'
import { useSessionAttempt } from '../../../session/session-context.ts'
import { useDraft } from '../../../session/unsent-drafts.tsx'
import { DueDay } from '../../../ui/due-day.tsx'
import { ErrorMessage } from '../../../ui/errors.tsx'
import { Field, Form } from '../../../ui/form.tsx'
import { DangerMark } from '../../../ui/marks.tsx'
import { kindKey } from '../../read/kind-key.ts'
import { useCaseTitle } from '../links/use-case-title.ts'
import { GiveTick } from './give-tick.tsx'
import { useHandingOver } from './use-handing-over.ts'

interface ShiftRowProps {
  item: QueueItem
  /** id of the colleague; empty for all colleagues */
  to: string
  onOpen: () => void
  /** called when the case has been handed over */
  onHanded: () => void
}

export function ShiftRow({ item, to, onOpen, onHanded }: ShiftRowProps) {
  const { t } = useMessages()
  const nameOf = useNames()
  const attempt = useSessionAttempt()
  const found = useCaseTitle(item.id)
  const title = found.is === 'known' ? found.title : ''
  const [text, setText] = useDraft(savedDraftKey('handover', item.id))
  const handing = useHandingOver(item.id, to)
  /** the sentence about the outcome; empty before the button is pressed */
  const [done, setDone] = useState('')
  const titleId = `shift-${item.id}`
  const save = async (): Promise<void> => {
    const { isGiven } = handing
    await handing.handOver(text)
    setText('')
    setDone(isGiven ? t('staff.shift.saved.with', { name: nameOf(to) }) : t('staff.shift.saved'))
    onHanded()
    focusSoon(titleId)
  }
  return (
    <li class="card">
      <h3 id={titleId} tabIndex={-1}>
        {item.danger && <DangerMark />}{' '}
        <button type="button" class="plain" onClick={onOpen}>
          <bdi>{title || t(kindKey(item.kind))}</bdi>
        </button>
      </h3>
      {item.dueDay && (
        <p>
          <DueDay day={item.dueDay} />
        </p>
      )}
      <p role="status">{done}</p>
      {done === '' && (
        <Form busy={attempt.busy} onSubmit={() => attempt.run(save)}>
          <Field label={t('staff.shift.text')} value={text} onInput={setText} rows={2} />
          <GiveTick handing={handing} onAsk={onOpen} />
          <ErrorMessage why={attempt.why} />
          <button type="submit" aria-disabled={attempt.busy}>
            {t('staff.shift.go')}
          </button>
        </Form>
      )}
    </li>
  )
}
