import { Refused } from '../parts/refused.tsx'
import { useWords } from '../words.tsx'
import { type Deed } from './use-deed.ts'

interface OutcomeProps {
  deed: Deed
  /** the sentence for a deed that went through */
  done: string
}

/** What became of a deed: why it was refused, or that it was done; and, apart from that, that the view may be old. */
export function Outcome({ deed, done }: OutcomeProps) {
  const { t } = useWords()
  return (
    <div class="outcome">
      <Refused why={deed.why} />
      <p role="status">
        {deed.done && done} {deed.stale && t('staff.report.stale')}
      </p>
      {deed.stale && (
        <button type="button" aria-disabled={deed.busy} onClick={deed.look}>
          {t('staff.queue.reload')}
        </button>
      )}
    </div>
  )
}
