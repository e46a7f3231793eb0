// Shows the actions that a person can take on a case, each as a verb. The coloured button is the
// next action: take the case, reply, or open the next case after closing.
import { useMessages } from '../../../i18n/messages.tsx'
import { ActionResult } from '../../../session/action-result.tsx'
import { type LoadedReport } from '../../read/load-report.ts'
import { type CaseActs } from './use-case-acts.ts'

export interface VerbProps {
  loaded: LoadedReport
  acts: CaseActs
  /**
   * true if these buttons show the outcome of an action, which then takes the focus from the
   * pressed button
   */
  hasOutcome: boolean
  /** opens the reply form; null when no reply is possible */
  onReply: (() => void) | null
  /** shows the next case in the list; null for the last one */
  onNext: (() => void) | null
}

export function CaseVerbs(props: VerbProps) {
  const { acts, hasOutcome } = props
  const { t } = useMessages()
  const { status } = props.loaded.item
  const { busy } = acts.action
  return (
    <>
      <div
        class="verbs"
        role="group"
        aria-label={t('staff.status.change')}
        ref={hasOutcome ? acts.group : null}
        tabIndex={-1}
      >
        <NextAct {...props} />
        {acts.canTake && !(acts.isUntaken && !acts.isTest) && <TakeButton acts={acts} />}
        {status !== 'closed' && (
          <button
            type="button"
            aria-keyshortcuts="E"
            aria-disabled={busy}
            aria-expanded={acts.isClosing}
            onClick={() => acts.onClosing(!acts.isClosing)}
          >
            {t('staff.status.to.closed')}
          </button>
        )}
        {status === 'in_progress' && (
          <button type="button" class="plain" aria-disabled={busy} onClick={acts.putBack}>
            {t('staff.status.to.new')}
          </button>
        )}
      </div>
      {hasOutcome && <ActOutcome acts={acts} />}
    </>
  )
}

/** Shows the outcome of the last action. The form for closing a case shows its own outcome. */
export function ActOutcome({ acts: { action, done, isClosing } }: Pick<VerbProps, 'acts'>) {
  const { t } = useMessages()
  return isClosing ? null : <ActionResult action={action} done={done === null ? '' : t(done)} />
}

/** Shows the next action; on a phone it is at the bottom, within reach of the thumb. */
export function NextAct({ loaded, acts, onReply, onNext }: VerbProps) {
  const { t } = useMessages()
  if (acts.isTest)
    return (
      <button
        type="button"
        class="go next-act"
        aria-disabled={acts.action.busy}
        onClick={() => acts.close({ reason: 'test', dangerOver: '', other: '' })}
      >
        {t('staff.test.close')}
      </button>
    )
  if (acts.isUntaken) return <TakeButton acts={acts} isNext />
  const isClosed = loaded.item.status === 'closed'
  const [go, label] = isClosed
    ? [onNext, t('staff.head.next_case')]
    : [onReply, t('staff.answer.title')]
  if (!go) return null
  return (
    <button type="button" class="go next-act" onClick={go}>
      {label}
    </button>
  )
}

function TakeButton({ acts, isNext = false }: { acts: CaseActs; isNext?: boolean }) {
  const { t } = useMessages()
  return (
    <button
      type="button"
      class={isNext ? 'go next-act' : undefined}
      aria-keyshortcuts="B"
      aria-disabled={acts.action.busy}
      onClick={acts.take}
    >
      {t('staff.take')}
    </button>
  )
}
