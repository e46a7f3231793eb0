import { type Discard } from '#protocol/staff/list/discard'
import { dayInDigits, momentInDigits } from '../i18n/dates.ts'
import { useMessages, type Messages } from '../i18n/messages.tsx'
import { useNames } from '../ledger/use-names.ts'
import { shownTotal } from '../session/shown-count.ts'

/** Lists the newest discards and their outcomes. */
export function DiscardHistory({ discards }: { discards: readonly Discard[] }) {
  const words = useMessages()
  const { t } = words
  const nameOf = useNames()
  return (
    <section aria-labelledby="history-title">
      <h3 id="history-title">{t('staff.discard.history')}</h3>
      <ul class="cards discards">
        {discards.map((discard) => (
          <li key={discard.id}>
            <p>
              <b dir="auto">{nameOf(discard.by)}</b> ·{' '}
              {t('staff.discard.what', {
                n: shownTotal(discard),
                grade: discard.grade,
                from: dayInDigits(discard.from),
                to: dayInDigits(discard.to),
              })}
              {discard.danger && ` ${t('staff.discard.danger')}.`}
            </p>
            <p>{outcomeOf(discard, words, nameOf)}</p>
          </li>
        ))}
      </ul>
    </section>
  )
}

function outcomeOf(discard: Discard, { t }: Messages, nameOf: (id: string) => string): string {
  const { dueAt, endedAt, removed, withdrawnBy } = discard
  const at = momentInDigits(new Date(endedAt ?? dueAt).toISOString())
  if (endedAt === null) return t('staff.discard.begins', { at, n: removed })
  if (withdrawnBy === null) return t('staff.discard.ended', { at, n: removed })
  return t('staff.discard.withdrawn', { by: nameOf(withdrawnBy), at, n: removed })
}
