import { dayNumber } from '#protocol/time'
import { PAPER_TRY_DAYS } from '#protocol/staff/people/slots'
import { useMessages } from '../i18n/messages.tsx'
import { useSessionContext } from '../session/session-context.ts'

interface PaperLineProps {
  onKeys: () => void
}

/**
 * Suggests testing a sheet that has not been used for a long time: paper fades, and people forget.
 */
export function PaperLine({ onKeys }: PaperLineProps) {
  const { t } = useMessages()
  const { me } = useSessionContext()
  const isOld = me.slots.some(
    ({ kind, triedDay }) =>
      kind === 'passphrase' &&
      dayNumber(Date.now()) - dayNumber(Date.parse(triedDay)) >= PAPER_TRY_DAYS,
  )
  if (!isOld) return null
  return (
    <div class="paper-line" role="status">
      <p>{t('staff.own.paper.old', { n: PAPER_TRY_DAYS })}</p>
      <button type="button" onClick={onKeys}>
        {t('staff.own.paper.go')}
      </button>
    </div>
  )
}
