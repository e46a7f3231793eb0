// Shows a warning above a report when a key of its case does not open. Shows who declared such a
// key lost.
import { caseKeyName } from '#protocol/staff/case-log/bodies'
import type { LostKey } from '#protocol/staff/ledger/roster-state'
import { localDayInDigits } from '../../i18n/dates.ts'
import { useMessages } from '../../i18n/messages.tsx'
import { useWholeLedger } from '../../ledger/ledger-context.ts'
import { useNames } from '../../ledger/use-names.ts'
import { type LoadedReport } from '../read/load-report.ts'

export interface CaseKeyFaults {
  /** true when a key does not open and no colleague has declared it lost yet */
  isDamaged: boolean
  /** the newest row that declares a key of the case lost; null if no row does */
  lost: LostKey | null
}

export function useCaseKeyFaults(loaded: LoadedReport | null): CaseKeyFaults {
  const lostKeys = useWholeLedger()?.roster.lostKeys
  const rows = (loaded?.sealed.caseKeys ?? []).flatMap(
    (key) => lostKeys?.get(caseKeyName(key)) ?? [],
  )
  return {
    isDamaged: (loaded?.damagedKeys ?? []).some((key) => !lostKeys?.has(caseKeyName(key))),
    lost: rows.sort((one, other) => other.row - one.row)[0] ?? null,
  }
}

export function CaseKeyLine({ isDamaged, lost }: CaseKeyFaults) {
  const { t } = useMessages()
  const nameOf = useNames()
  if (!isDamaged && !lost) return null
  return (
    <div role="alert" class="ledger-line">
      {isDamaged && <p>{t('staff.case.key.damaged')}</p>}
      {lost && (
        <p dir="auto">
          {t('staff.case.key.lost', {
            who: nameOf(lost.signedBy),
            day: localDayInDigits(lost.at),
          })}
        </p>
      )}
    </div>
  )
}
