// Writes the handover note of one case, on the screen for the end of a shift.
import { useState } from 'preact/hooks'
import type { QueueItem } from '#protocol/staff/list/queue'
import { fetchReport } from '../../../api/case-api.ts'
import { savedDraftKey } from '../../../crypto/drafts.ts'
import { useMessages } from '../../../i18n/messages.tsx'
import { focusSoon } from '../../../session/navigation.ts'
import { useSessionAttempt } from '../../../session/session-context.ts'
import { useDraft } from '../../../session/unsent-drafts.tsx'
import { DueDay } from '../../../ui/due-day.tsx'
import { ErrorMessage } from '../../../ui/errors.tsx'
import { Field, Form } from '../../../ui/form.tsx'
import { DangerMark } from '../../../ui/marks.tsx'
import { kindKey } from '../../read/kind-key.ts'
import { shiftEntry } from '../../write/shift-entry.ts'
import { useCaseWriter } from '../../write/use-case-writer.ts'
import { useCaseTitle } from '../links/use-case-title.ts'
import { writeIn } from '../../write/write-in.ts'

interface ShiftRowProps {
  item: QueueItem
  /** id of the colleague; empty for all colleagues */
  to: string
  onOpen: () => void
}

export function ShiftRow({ item, to, onOpen }: ShiftRowProps) {
  const { t } = useMessages()
  const writer = useCaseWriter()
  const attempt = useSessionAttempt()
  const found = useCaseTitle(item.id)
  const title = found.is === 'known' ? found.title : ''
  const [text, setText] = useDraft(savedDraftKey('handover', item.id))
  const [isDone, setIsDone] = useState(false)
  const titleId = `shift-${item.id}`
  const save = async (): Promise<void> => {
    const entry = shiftEntry(text, to)
    await writeIn(writer(), await fetchReport(item.id)).entry(entry)
    setText('')
    setIsDone(true)
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
      <p role="status">{isDone && t('staff.shift.saved')}</p>
      {!isDone && (
        <Form onSubmit={() => attempt.run(save)}>
          <Field label={t('staff.shift.text')} value={text} onInput={setText} rows={2} />
          <ErrorMessage why={attempt.why} />
          <button type="submit" aria-disabled={attempt.busy}>
            {t('staff.shift.go')}
          </button>
        </Form>
      )}
    </li>
  )
}
