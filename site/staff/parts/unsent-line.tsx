import { type Unsent } from '../unsent-words.ts'
import { useWords } from '../words.tsx'

/** What became of words that were not sent; said only when it is known. */
export function UnsentLine({ unsent }: { unsent: Unsent }) {
  const { t } = useWords()
  return (
    <div role="status">
      {unsent === 'kept' && <p>{t('staff.unsent.kept')}</p>}
      {unsent === 'lost' && <p class="refused">{t('staff.unsent.lost')}</p>}
    </div>
  )
}
