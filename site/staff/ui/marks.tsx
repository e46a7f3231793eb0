import { CURL } from '#site/components/pictures/drawings.ts'
import { useMessages } from '../i18n/messages.tsx'

/** Shows "Danger now" as a word and a shape, so that the meaning does not depend on colour. */
export function DangerMark() {
  const { t } = useMessages()
  return (
    <span class="danger-mark">
      <svg viewBox="0 0 16 16" aria-hidden="true">
        <path d="M8 1 15.5 15H.5Z" />
      </svg>
      {t('staff.danger')}
    </span>
  )
}

/** Shows the sign of the Foundation, as decoration only. */
export function Logo() {
  return (
    <svg class="curl" viewBox="0 0 48 28" aria-hidden="true">
      <path d={CURL} />
    </svg>
  )
}
