// Shows a red warning above a report when its log is broken or incomplete, or lacks known rows.
// Until the ledger is valid, a note without the red colour explains that the log cannot be checked.
import { Refusal } from '#protocol/errors'
import { useMessages } from '../../i18n/messages.tsx'
import { type CaseChecks } from '../read/check-case.ts'

export function CaseLine({ checks }: { checks: CaseChecks | null }) {
  const { t, sentence } = useMessages()
  if (!checks) return <p class="hint">{t('staff.case.unchecked')}</p>
  const { fault, known, statusDiffers, dangerDiffers, assigneeDiffers, missing } = checks
  return (
    <div role="alert" class="ledger-line">
      {known === 'withheld' && <p>{sentence(new Refusal('checkpoint_withheld'))}</p>}
      {(known === 'older' || known === 'late') && <p>{t(`staff.case.${known}`)}</p>}
      {fault && fault.is !== 'newer' && <p>{t(`staff.case.${fault.is}`, { n: fault.at })}</p>}
      {missing > 0 && <p>{t('staff.case.missing', { n: missing })}</p>}
      {statusDiffers && <p>{t('staff.case.status')}</p>}
      {dangerDiffers && <p>{t('staff.case.danger')}</p>}
      {assigneeDiffers && <p>{t('staff.case.assignee')}</p>}
      {fault?.is === 'newer' && <p class="hint">{t('staff.case.newer')}</p>}
    </div>
  )
}
