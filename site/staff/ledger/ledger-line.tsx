// Says in red above the workspace that the ledger is not whole, and what to do.
import { useMessages } from '../i18n/messages.tsx'
import { useSeenLedger } from './ledger-context.ts'

export function LedgerLine() {
  const { t } = useMessages()
  const { ledger, why } = useSeenLedger()
  const isFaulty = ledger?.is === 'older' || ledger?.is === 'broken'
  return (
    <div role="alert" class="ledger-line">
      {isFaulty && (
        <p>
          <b>
            {ledger.is === 'older'
              ? t('staff.ledger.older')
              : t('staff.ledger.broken', { n: ledger.at })}
          </b>{' '}
          {t('staff.ledger.what')}
        </p>
      )}
      {!ledger && why !== null && <p>{t('staff.ledger.unread')}</p>}
    </div>
  )
}
