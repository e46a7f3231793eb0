import { WAITING_SHOWN, type Counts } from '#protocol/staff'
import { useWords } from '../words.tsx'

export function CountsLine({ counts }: { counts: Counts | null }) {
  const { t } = useWords()
  if (!counts) return null
  return (
    <dl class="counts">
      {counts.danger > 0 && (
        <div class="counts-danger">
          <dt>{t('staff.counts.danger')}</dt>
          <dd>{counts.danger}</dd>
        </div>
      )}
      {(['new', 'in_progress', 'closed'] as const).map((status) => (
        <div key={status}>
          <dt>{t(`staff.counts.${status}`)}</dt>
          <dd>{counts[status]}</dd>
        </div>
      ))}
      {(['waiting', 'aside'] as const).map(
        (place) =>
          counts[place] !== 0 && (
            <div key={place}>
              <dt>{t(`staff.counts.${place}`)}</dt>
              <dd>{shown(counts[place])}</dd>
            </div>
          ),
      )}
    </dl>
  )
}

/** A number that is not known must not look like none. */
const shown = (count: number | null): string =>
  count === null ? '?' : count < WAITING_SHOWN ? String(count) : `${WAITING_SHOWN}+`
