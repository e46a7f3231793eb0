// Shows a red warning above the workspace when the ledger is not valid, and explains what to do.
// Also reports case logs that do not match the last checkpoint.
import { useMessages } from '../i18n/messages.tsx'
import type { CheckpointFault } from '../ledger/compare-cases.ts'
import { useSeenLedger } from '../ledger/ledger-context.ts'
import { rowOf } from '../ledger/verify-ledger.ts'
import { useCheckpoint } from './use-checkpoint.ts'

export function LedgerLine() {
  const { t } = useMessages()
  const { ledger, why } = useSeenLedger()
  const { fault, accept } = useCheckpoint()
  return (
    <div role="alert" class="ledger-line">
      {ledger && ledger.is !== 'whole' && ledger.is !== 'newer' && (
        <p>
          <b>{t(`staff.ledger.${ledger.is}`, { n: rowOf(ledger) })}</b> {t('staff.ledger.what')}
        </p>
      )}
      {ledger?.is === 'newer' && <p class="hint">{t('staff.ledger.newer', { n: ledger.at })}</p>}
      {!ledger && why !== null && <p>{t('staff.ledger.unread')}</p>}
      {fault && <FaultOfCheckpoint fault={fault} onAccept={accept} />}
    </div>
  )
}

interface FaultProps {
  fault: CheckpointFault
  onAccept: (cases: readonly string[]) => void
}

function FaultOfCheckpoint({ fault, onAccept }: FaultProps) {
  const { t } = useMessages()
  if (fault.is === 'withheld')
    return (
      <p>
        <b>{t('staff.checkpoint.withheld')}</b> {t('staff.checkpoint.what')}
      </p>
    )
  const isRestarted = fault.is === 'restarted'
  return (
    <p>
      <b>{t(`staff.checkpoint.${fault.is}`, { n: fault.cases.length })}</b>{' '}
      <span class="hash">{fault.cases.join(' ')}</span>{' '}
      {t(isRestarted ? 'staff.checkpoint.again' : 'staff.checkpoint.what')}{' '}
      {isRestarted && (
        <button type="button" onClick={() => onAccept(fault.cases)}>
          {t('staff.checkpoint.accept')}
        </button>
      )}
    </p>
  )
}
