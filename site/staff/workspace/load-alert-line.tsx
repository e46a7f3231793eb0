// As soon as the workspace opens, fetches the code that shows open alerts. Until the code has
// loaded, a line warns of danger. An alert can be a matter of life and death.
import { useEffect } from 'preact/hooks'
import type { AlertLineProps } from '../alerts/alert-line.tsx'
import { momentInDigits } from '../i18n/dates.ts'
import { useMessages } from '../i18n/messages.tsx'
import { FailedLoad } from '../ui/errors.tsx'
import { DangerMark } from '../ui/marks.tsx'
import { useFetched } from '../ui/use-fetched.ts'

const fetchAlertLine = async () => (await import('../alerts/alert-line.tsx')).AlertLine

export function LoadAlertLine(props: AlertLineProps) {
  const { Part, why, again } = useFetched(fetchAlertLine)
  const { alerts } = props.seen
  // Each response with an alert also retries a failed load, because there may be nobody to press a
  // button.
  useEffect(() => {
    if (why !== null && alerts.length > 0) void again()
  }, [alerts])
  if (Part) return <Part {...props} />
  return (
    <div class="alert" role="alert">
      {alerts.length > 0 && (
        <>
          <DangerMark />
          <Untaken alerts={alerts} />
          <FailedLoad why={why} again={again} />
        </>
      )}
    </div>
  )
}

/**
 * Warns that nobody has taken an alert. Only the fetched code can prove that a colleague has taken
 * it.
 */
function Untaken({ alerts }: Pick<AlertLineProps['seen'], 'alerts'>) {
  const { t } = useMessages()
  const untaken = alerts.find(({ taken }) => taken === null)
  return untaken ? <p>{t('staff.alert.open', { since: momentInDigits(untaken.since) })}</p> : null
}
