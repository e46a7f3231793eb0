// Says in red above the workspace that the ledger is not whole, and what to do. Says the same of
// case logs that do not fit the last checkpoint.
import { useMessages } from '../i18n/messages.tsx'
import { useSeenLedger } from './ledger-context.ts'
import type { CheckpointFault } from './sign-checkpoint.ts'
import { useCheckpoint } from './use-checkpoint.ts'

export function LedgerLine() {
  const { t } = useMessages()
  const { ledger, why } = useSeenLedger()
  const checkpointFault = useCheckpoint()
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
      {checkpointFault && <FaultOfCheckpoint {...checkpointFault} />}
    </div>
  )
}

function FaultOfCheckpoint(fault: CheckpointFault) {
  const { t } = useMessages()
  if (fault.is === 'withheld')
    return (
      <p>
        <b>{t('staff.checkpoint.withheld')}</b> {t('staff.checkpoint.what')}
      </p>
    )
  return (
    <p>
      <b>{t('staff.checkpoint.cut', { n: fault.cases.length })}</b>{' '}
      <span class="hash">{fault.cases.join(' ')}</span> {t('staff.checkpoint.what')}
    </p>
  )
}
