// Says in red above the workspace that the logs of cases do not fit the last checkpoint.
import { useMessages } from '../i18n/messages.tsx'
import { useCheckpoint } from './use-checkpoint.ts'

export function CheckpointLine() {
  const { t } = useMessages()
  const fault = useCheckpoint()
  return (
    <div role="alert" class="ledger-line">
      {fault && (
        <p>
          <b>
            {fault.is === 'cut'
              ? t('staff.checkpoint.cut', { n: fault.cases.length })
              : t('staff.checkpoint.withheld')}
          </b>{' '}
          {fault.is === 'cut' && <code>{fault.cases.join(', ')}</code>} {t('staff.checkpoint.what')}
        </p>
      )}
    </div>
  )
}
