// Says whether the ledger is whole, with the beginning of its head. Two colleagues who compare
// these digits see the same ledger.
import { useMessages } from '../i18n/messages.tsx'
import { type SeenLedger } from '../ledger/use-ledger.ts'
import { shownHead } from './shown-head.ts'

export function LogVerdict({ ledger, progress }: Pick<SeenLedger, 'ledger' | 'progress'>) {
  const { t } = useMessages()
  if (progress)
    return (
      <div class="verdict" role="status">
        <p>{t('staff.ledger.checking')}</p>
        <progress max={progress.of} value={progress.done} aria-label={t('staff.log.progress')} />
      </div>
    )
  if (!ledger) return null
  if (ledger.is !== 'whole')
    return (
      <div class="verdict refused" role="status">
        <p>
          {ledger.is === 'older'
            ? t('staff.ledger.older')
            : t('staff.ledger.broken', { n: ledger.at })}
        </p>
      </div>
    )
  return (
    <div class="verdict is-whole" role="status">
      <p>
        <b>{t('staff.log.whole', { n: ledger.rows.length })}</b>
      </p>
      <p>{t('staff.log.head')}</p>
      <p class="hash">{shownHead(ledger.roster.head)}</p>
    </div>
  )
}
