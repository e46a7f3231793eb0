// Shows who has the case. A reader can give the case to a colleague or take it back. The holder can
// give the case back. The code for handing over the case is loaded only when its button is pressed.
import { useState } from 'preact/hooks'
import { type ErrorCode } from '#protocol/errors'
import { savedDraftKey } from '../../../crypto/drafts.ts'
import { dayInDigits } from '../../../i18n/dates.ts'
import { useMessages } from '../../../i18n/messages.tsx'
import { useWholeLedger } from '../../../ledger/ledger-context.ts'
import { holdsRole } from '../../../ledger/read-roster.ts'
import { ActionResult } from '../../../session/action-result.tsx'
import { focusSoon } from '../../../session/navigation.ts'
import { useSessionContext } from '../../../session/session-context.ts'
import { useDraft } from '../../../session/unsent-drafts.tsx'
import { useAction } from '../../../session/use-action.ts'
import { givenBack } from '../../read/given-back.ts'
import { type LoadedReport } from '../../read/load-report.ts'
import { sendAssignment } from '../../write/send-assignment.ts'
import { sendReturn } from '../../write/send-return.ts'
import { useCaseWriter } from '../../write/use-case-writer.ts'
import { CASE_MOVED } from '../case-props.ts'
import { LoadGive, LoadTakeBack } from './load-team.tsx'
import { useAssigneeName } from './use-assignee-name.ts'

interface AssigneeProps {
  loaded: LoadedReport
  reload: () => Promise<void>
  /** begins a reply in a thread */
  onAsk: (thread: string) => void
  /** called when this person can no longer open the case */
  onGone: () => void
}

const TOO_LATE: readonly ErrorCode[] = [
  ...CASE_MOVED,
  'assignee_changed',
  'person_unknown',
  'report_grew',
]

export function AssigneePart({ loaded, reload, onAsk, onGone }: AssigneeProps) {
  const { t } = useMessages()
  const { keys, me } = useSessionContext()
  const roster = useWholeLedger()?.roster
  const nameOf = useAssigneeName()
  const writer = useCaseWriter()
  const action = useAction(reload, TOO_LATE)
  const [reason, setReason] = useDraft(savedDraftKey('give', loaded.item.id))
  const [open, setOpen] = useState<'give' | 'back' | null>(reason === '' ? null : 'give')
  const { assignee } = loaded.item
  const isOwn = assignee === keys.personId
  const mayGive = roster !== undefined && holdsRole(roster, keys.personId, 'intake')
  const back = givenBack(loaded)
  // The pressed button disappears, so the focus moves to the title.
  const close = (): void => {
    setOpen(null)
    focusSoon('assignee-title')
  }
  const send = (to: string | null, why: string | null = null): void =>
    action.run(async () => {
      if (isOwn && to === null) {
        await sendReturn(writer(), loaded.item.id)
        // A caseworker can no longer open the case.
        if (!mayGive) {
          onGone()
          return
        }
      } else await sendAssignment(writer(), loaded, to, why)
      setReason('')
      close()
    })
  const parts = { assignee, busy: action.busy, onSend: send, onCancel: close }
  return (
    <section class="assignee" aria-labelledby="assignee-title">
      <h4 id="assignee-title" tabIndex={-1}>
        {t('staff.assign.title')}:{' '}
        <span dir="auto">{assignee === null ? t('staff.assign.nobody') : nameOf(assignee)}</span>
        {isOwn && <span class="print-only"> ({me.name})</span>}
      </h4>
      {back && (
        <p class="by">
          {t('staff.assign.returned', { name: nameOf(back.actor), day: dayInDigits(back.day) })}
        </p>
      )}
      {open === null && (mayGive || isOwn) && (
        <div class="verbs">
          {mayGive && (
            <button type="button" aria-keyshortcuts="A" onClick={() => setOpen('give')}>
              {t('staff.assign.give')}
            </button>
          )}
          {assignee !== null && (
            <button type="button" aria-keyshortcuts="L" onClick={() => setOpen('back')}>
              {t(isOwn ? 'staff.assign.leave' : 'staff.assign.back')}
            </button>
          )}
        </div>
      )}
      {open === 'give' && <LoadGive {...parts} {...{ loaded, reason, setReason, onAsk }} />}
      {open === 'back' && <LoadTakeBack {...parts} />}
      <ActionResult action={action} done={t('staff.assign.done')} />
    </section>
  )
}
