// Changes the status of a case. Closing asks for a reason first.
import { useRef, useState } from 'preact/hooks'
import { type ErrorCode } from '#protocol/errors'
import { type Status } from '#protocol/staff/fields'
import { useMessages } from '../../i18n/messages.tsx'
import { ActionResult } from '../../session/action-result.tsx'
import { useAction } from '../../session/use-action.ts'
import { isTestLetter } from '../read/entered-by.ts'
import { type LoadedReport } from '../read/load-report.ts'
import { sendStatus, NEXT } from '../write/send-status.ts'
import { useReplier } from '../write/use-case-writer.ts'
import { CASE_MOVED } from './case-props.ts'
import { CloseForm, type ChosenReason } from './close-form.tsx'

interface StatusButtonsProps {
  loaded: LoadedReport
  reload: () => Promise<void>
}

const TOO_LATE: readonly ErrorCode[] = [...CASE_MOVED, 'status_changed', 'report_grew']

/** Shows the actions that are now possible for the report, as verbs. */
export function StatusButtons({ loaded, reload }: StatusButtonsProps) {
  const { t } = useMessages()
  const replier = useReplier()
  const action = useAction(reload, TOO_LATE)
  const group = useRef<HTMLDivElement>(null)
  const [isClosing, setIsClosing] = useState(false)
  const isTest = isTestLetter(loaded.sealed, loaded.first)
  const send = (to: Status, reason?: ChosenReason): void => {
    // The button may disappear when the status changes, so the focus moves to the group.
    group.current?.focus()
    action.run(async () => {
      await sendStatus(replier(), loaded, to, reason)
      setIsClosing(false)
    })
  }
  return (
    <div class="verbs" role="group" aria-label={t('staff.status.change')} ref={group} tabIndex={-1}>
      {NEXT[loaded.item.status].map((to) => (
        <button
          key={to}
          type="button"
          aria-disabled={action.busy}
          aria-expanded={to === 'closed' ? isClosing : undefined}
          onClick={() => (to === 'closed' ? setIsClosing(!isClosing) : send(to))}
        >
          {t(`staff.status.to.${to}`)}
        </button>
      ))}
      {isTest && loaded.item.status !== 'closed' && (
        <button
          type="button"
          class="go"
          aria-disabled={action.busy}
          onClick={() => send('closed', 'test')}
        >
          {t('staff.test.close')}
        </button>
      )}
      {isClosing && NEXT[loaded.item.status].includes('closed') && (
        <CloseForm
          loaded={loaded}
          busy={action.busy}
          onClose={(reason) => send('closed', reason)}
          onCancel={() => {
            setIsClosing(false)
            group.current?.focus()
          }}
        />
      )}
      <ActionResult action={action} done={t('staff.status.changed')} />
    </div>
  )
}
