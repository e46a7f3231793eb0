// Shows the steps that must be taken before any exception to a wish.
import { useMessages } from '../../i18n/messages.tsx'
import { dutyToReport } from './duty-to-report.ts'

export function Exceptions() {
  const { t, lang } = useMessages()
  return <small class="exceptions">{dutyToReport(lang) ?? t('staff.consent.exceptions')}</small>
}
