// "Danger now" by word and shape; the colour only helps.
import { useWords } from '../words.tsx'

export function DangerMark() {
  const { t } = useWords()
  return (
    <span class="danger-mark">
      <svg viewBox="0 0 16 16" aria-hidden="true">
        <path d="M8 1 15.5 15H.5Z" />
      </svg>
      {t('staff.danger')}
    </span>
  )
}
