// Shows an urgent alert above the workspace until a colleague acknowledges it, with the button that
// ends the calls.
import { momentInDigits } from '../i18n/dates.ts'
import { useMessages } from '../i18n/messages.tsx'
import { type SeenAlert } from '../session/use-alert.ts'
import { ErrorMessage } from '../ui/errors.tsx'
import { DangerMark } from '../ui/marks.tsx'

export function AlertLine({ alert, busy, why, acknowledge }: SeenAlert) {
  const { t } = useMessages()
  return (
    <div class="alert" role="alert">
      {alert && (
        <>
          <DangerMark />
          <p>{t('staff.alert.open', { since: momentInDigits(alert.since) })}</p>
          <button type="button" class="go" aria-disabled={busy} onClick={acknowledge}>
            {t('staff.alert.acknowledge')}
          </button>
          <ErrorMessage why={why} />
        </>
      )}
    </div>
  )
}
