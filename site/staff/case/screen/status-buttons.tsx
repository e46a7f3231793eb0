// Changes the status of a case. Closing asks for a reason first, and for the end of a danger.
import { useRef, useState } from 'preact/hooks'
import { type ErrorCode } from '#protocol/errors'
import { type Status } from '#protocol/staff/fields'
import { useMessages } from '../../i18n/messages.tsx'
import { ActionResult } from '../../session/action-result.tsx'
import { useAction } from '../../session/use-action.ts'
import { isTestLetter } from '../read/entered-by.ts'
import { type LoadedReport } from '../read/load-report.ts'
import { asksDanger, closeCase, type Closing } from '../write/close-case.ts'
import { sendStatus, NEXT } from '../write/send-status.ts'
import { useCaseWriter, useReplier } from '../write/use-case-writer.ts'
import { CASE_MOVED } from './case-props.ts'
import { CloseForm } from './close-form.tsx'

interface StatusButtonsProps {
  loaded: LoadedReport
  reload: () => Promise<void>
}

const TOO_LATE: readonly ErrorCode[] = [...CASE_MOVED, 'status_changed', 'report_grew']

/** Shows the actions that are now possible for the report, as verbs. */
export function StatusButtons({ loaded, reload }: StatusButtonsProps) {
  const { t } = useMessages()
  const replier = useReplier()
  const writer = useCaseWriter()
  const action = useAction(reload, TOO_LATE)
  const group = useRef<HTMLDivElement>(null)
  const [isClosing, setIsClosing] = useState(false)
  const stored = useRef(new Set<string>())
  const isTest = isTestLetter(loaded.sealed, loaded.first)
  const run = (work: () => Promise<void>): void => {
    // The button may disappear when the status changes, so the focus moves to the group.
    group.current?.focus()
    action.run(async () => {
      await work()
      setIsClosing(false)
    })
  }
  const send = (to: Status): void => run(() => sendStatus(replier(), loaded, to))
  const close = (closing: Closing): void =>
    run(async () => {
      // Only the words need a whole ledger, because they are sealed to colleagues.
      const hasWords = asksDanger(loaded, closing.reason) || closing.reason === 'other'
      await closeCase(hasWords ? writer() : replier(), loaded, closing, stored.current)
    })
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
          onClick={() => close({ reason: 'test', dangerOver: '', other: '' })}
        >
          {t('staff.test.close')}
        </button>
      )}
      {isClosing && NEXT[loaded.item.status].includes('closed') && (
        <CloseForm
          loaded={loaded}
          busy={action.busy}
          onClose={close}
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
