// Says above a report in red that its log is broken, older than before or lacks parts. Says in
// plain words that the log is not checked while the ledger is not whole.
import { useMessages } from '../i18n/messages.tsx'
import { type CaseChecks } from './check-case.ts'

export function CaseLine({ checks }: { checks: CaseChecks | null }) {
  const { t } = useMessages()
  if (!checks) return <p class="hint">{t('staff.case.unchecked')}</p>
  const { brokenAt, isOlder, statusDiffers, dangerDiffers, assigneeDiffers, missing } = checks
  return (
    <div role="alert" class="ledger-line">
      {isOlder && <p>{t('staff.case.older')}</p>}
      {brokenAt !== null && <p>{t('staff.case.broken', { n: brokenAt })}</p>}
      {missing > 0 && <p>{t('staff.case.missing', { n: missing })}</p>}
      {statusDiffers && <p>{t('staff.case.status')}</p>}
      {dangerDiffers && <p>{t('staff.case.danger')}</p>}
      {assigneeDiffers && <p>{t('staff.case.assignee')}</p>}
    </div>
  )
}
