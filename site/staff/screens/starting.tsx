import { Door } from '../parts/door.tsx'
import { Refused } from '../parts/refused.tsx'
import { useWords } from '../words.tsx'

interface StartingProps {
  why?: unknown
  again?: () => Promise<void>
}

/** The moment before we know who is there, or the reason why we do not. */
export function Starting({ why, again }: StartingProps) {
  const { t } = useWords()
  return (
    <Door title={t('staff.title')}>
      <Refused why={why} />
      {again ? (
        <button type="button" class="go" onClick={() => void again()}>
          {t('staff.again')}
        </button>
      ) : (
        <p role="status">{t('staff.loading')}</p>
      )}
    </Door>
  )
}
