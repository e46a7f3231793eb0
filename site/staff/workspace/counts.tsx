// Shows how many reports are not in a list yet, and recommends a second reader.
import type { Counts } from '#protocol/staff/list/counts'
import { hasOwnCasesOnly, type Role } from '#protocol/staff/fields'
import { useMessages } from '../i18n/messages.tsx'
import { shownCount } from '../session/shown-count.ts'

interface CountsSummaryProps {
  counts: Counts | null
  /** shows the waiting reports; null for a person who may not read them */
  onWaiting: (() => void) | null
}

export function CountsSummary({ counts, onWaiting }: CountsSummaryProps) {
  const { t } = useMessages()
  if (!counts || (counts.waiting === 0 && counts.aside === 0)) return null
  return (
    <dl class="counts">
      {(['waiting', 'aside'] as const).map(
        (place) =>
          counts[place] !== 0 && (
            <div key={place}>
              <dt>
                {place === 'waiting' && onWaiting ? (
                  <button type="button" class="plain" onClick={onWaiting}>
                    {t('staff.counts.waiting')}
                  </button>
                ) : (
                  t(`staff.counts.${place}`)
                )}
              </dt>
              <dd>{shownCount(counts[place])}</dd>
            </div>
          ),
      )}
    </dl>
  )
}

/** Omits the reports that are waiting in R2 for a person who must not learn of them. */
export const countsFor = (roles: readonly Role[], counts: Counts | null): Counts | null =>
  counts && hasOwnCasesOnly(roles) ? { ...counts, waiting: 0, aside: 0 } : counts

/** With fewer readers, losing one phone and one sheet makes every report unreadable forever. */
const ENOUGH = 2

interface FewReadersProps {
  /** confirmed readers in the roster; null while the ledger is not valid */
  readers: number | null
}

/** Recommends a second reader until there is one. */
export function FewReaders({ readers }: FewReadersProps) {
  const { t } = useMessages()
  return readers !== null && readers < ENOUGH ? (
    <p class="refused few-readers" role="status">
      {t('staff.counts.few_readers')}
    </p>
  ) : null
}
