import { FIRST_STEPS } from '#protocol/staff/people/own-settings'
import { dayNumber } from '#protocol/time'
import { type Roster } from '#protocol/staff/ledger/roster-state'
import { useMessages } from '../i18n/messages.tsx'
import { useSessionContext } from '../session/session-context.ts'
import { type HeldSettings } from '../session/use-own-settings.ts'
import { doneSteps, isFirstMember } from '../session/first-steps.ts'

interface FirstDayLineProps {
  held: HeldSettings
  roster: Roster | null
  onShow: () => void
}

/**
 * Reminds the first member of the steps for the first day. The reminder disappears when every step
 * is done, or when it is hidden.
 */
export function FirstDayLine({ held, roster, onShow }: FirstDayLineProps) {
  const { t } = useMessages()
  const { me } = useSessionContext()
  const { settings, isLoaded } = held
  if (!roster || !isLoaded || settings.isFirstDayOver || !isFirstMember(roster, me.id)) return null
  const n = doneSteps(settings, roster, dayNumber(Date.now())).length
  if (n === FIRST_STEPS.length) return null
  return (
    <div class="paper-line" role="status">
      <p>{t('staff.first.line', { n, m: FIRST_STEPS.length })}</p>
      <button type="button" onClick={onShow}>
        {t('staff.first.go')}
      </button>
    </div>
  )
}
