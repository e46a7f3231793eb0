// Shows, above the list, who is on duty now and which nights on the rota are not covered. Both come
// from the signed rota, so the server cannot substitute another person. Only the server states
// whether a person has a device.
import { localMs } from '#content/clock.ts'
import { dutyAt, emptyNights } from '#protocol/staff/alerts/rota'
import { type Roster } from '#protocol/staff/ledger/roster-state'
import { useMessages } from '../i18n/messages.tsx'
import { membersWho } from '../ledger/read-roster.ts'
import { useSessionContext } from '../session/session-context.ts'
import { useDutyNames } from './duty-names.ts'
import { useReachable } from './known-devices.ts'
import { NIGHT_NAMES } from './night-names.ts'

interface DutyLineProps {
  roster: Roster
  /** shows the rota */
  onRota: () => void
}

export function DutyLine({ roster, onRota }: DutyLineProps) {
  const { t } = useMessages()
  const { me } = useSessionContext()
  const reachable = useReachable(me.roles)
  const namesOf = useDutyNames(reachable ?? null)
  const { rota, quiet } = roster
  if (!rota || reachable === undefined) return null
  const at = localMs(Date.now())
  const readers = membersWho(roster, 'confirmed')
    .filter(({ roles }) => roles.includes('intake') || roles.includes('admin'))
    .map(({ id }) => id)
  const people = dutyAt({ rota, quiet, reachable: readers }, at)
  const empty = emptyNights({ rota, reachable: readers }, at)
  const who = namesOf(people)
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
