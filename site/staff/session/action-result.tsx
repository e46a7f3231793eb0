import { ErrorMessage } from '../ui/errors.tsx'
import { useMessages } from '../i18n/messages.tsx'
import { type SessionAction } from './use-action.ts'

interface OutcomeProps {
  action: SessionAction
  /** the sentence for an action that succeeded */
  done: string
}

/** Shows whether an action was refused or succeeded, and whether the view may be outdated. */
export function ActionResult({ action, done }: OutcomeProps) {
  const { t } = useMessages()
  return (
    <div class="outcome">
      <ErrorMessage why={action.why} />
      <p role="status">
        {action.done && done}
        {action.stale && ` ${t('staff.report.stale')}`}
      </p>
      {action.stale && (
        <button type="button" aria-disabled={action.busy} onClick={action.refresh}>
          {t('staff.queue.reload')}
        </button>
      )}
    </div>
  )
}
