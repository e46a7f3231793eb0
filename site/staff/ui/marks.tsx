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

/** Draws a barred circle, which means "forbidden" without relying on colour. */
export const FORBIDDEN = 'M3.6 3.6l8.8 8.8M8 1.8a6.2 6.2 0 1 0 0 12.4A6.2 6.2 0 0 0 8 1.8z'

/** Shows the Foundation's logo, as decoration only. */
export function Logo() {
  return (
    <svg class="curl" viewBox="0 0 48 28" aria-hidden="true">
      <path d={CURL} />
    </svg>
  )
}
