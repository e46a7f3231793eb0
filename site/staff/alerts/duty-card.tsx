// Shows the people whom an alert would call now, in the order computed by the edge.
import { localMs } from '#content/clock.ts'
import { dutyAt, type OnCall } from '#protocol/staff/alerts/rota'
import { useMessages } from '../i18n/messages.tsx'
import { useNames } from '../ledger/use-names.ts'

interface DutyCardProps {
  onCall: OnCall
  nowMs: number
}

export function DutyCard({ onCall, nowMs }: DutyCardProps) {
  const { t } = useMessages()
  const nameOf = useNames()
  const duty = dutyAt(onCall, localMs(nowMs))
  if (onCall.reachable.length === 0)
    return <p class="warning">{t('staff.duty.nobody_reachable')}</p>
  return (
    <section class="card duty-now" aria-labelledby="duty-title">
      <header>
        <h3 id="duty-title">{t('staff.duty.now')}</h3>
      </header>
      {duty.length === 0 && <p>{t('staff.duty.nobody')}</p>}
      <ol class="duty-path">
        {duty.map((person) => (
          <li key={person} dir="auto">
            {nameOf(person)}
          </li>
        ))}
        <li>{t('staff.duty.all', { n: onCall.reachable.length })}</li>
      </ol>
      <p class="hint">{t('staff.duty.next')}</p>
    </section>
  )
}
