// Shows on the desk who is on duty now, and the nights of the rota that have nobody. Both come from
// the signed rota, so the server cannot name somebody else.
import { localMs } from '#content/clock.ts'
import { dutyAt, emptyNights } from '#protocol/staff/alerts/rota'
import { type Roster } from '#protocol/staff/ledger/roster-state'
import { useMessages } from '../i18n/messages.tsx'
import { membersWho } from '../ledger/read-roster.ts'
import { useNames } from '../ledger/use-names.ts'
import { NIGHT_NAMES } from './night-names.ts'

interface DutyLineProps {
  roster: Roster
  /** shows the rota */
  onRota: () => void
}

export function DutyLine({ roster, onRota }: DutyLineProps) {
  const { t } = useMessages()
  const nameOf = useNames()
  const { rota, quiet } = roster
  if (!rota) return null
  const at = localMs(Date.now())
  const reachable = membersWho(roster, 'confirmed')
    .filter(({ roles }) => roles.includes('intake') || roles.includes('admin'))
    .map(({ id }) => id)
  const people = dutyAt({ rota, quiet, reachable }, at)
  const empty = emptyNights({ rota, reachable }, at)
  const who = people.map(nameOf).join(' → ')
  const nights = empty.flatMap((night) => NIGHT_NAMES[night] ?? [])
  return (
    <aside class="duty-line">
      <p dir="auto">{who ? t('staff.duty.line', { who }) : t('staff.duty.nobody')}</p>
      {empty.length > 0 && (
        <button type="button" class="hole" onClick={onRota}>
          {t('staff.duty.hole', { nights: nights.map((name) => t(name)).join(', ') })}
        </button>
      )}
    </aside>
  )
}
