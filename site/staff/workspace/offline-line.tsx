// Warns that the server cannot be reached, before somebody tries to save something.
import { useMessages } from '../i18n/messages.tsx'
import { momentInDigits } from '../i18n/dates.ts'

/** @param since  the minute of the first failure, in ISO 8601; null while the server responds */
export function OfflineLine({ since }: { since: string | null }) {
  const { t } = useMessages()
  return (
    <div role="status" class="offline-line">
      {since !== null && <p class="warning">{t('staff.offline', { at: momentInDigits(since) })}</p>}
    </div>
  )
}
