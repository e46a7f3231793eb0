// Shows whether the ledger is valid, with the first digits of its head and of the last checkpoint.
// Two colleagues with equal digits see the same ledger and the same case logs.
import { shownHash } from '#protocol/staff/people/digits'
import { fromB64 } from '#protocol/bytes'
import type { RosterCheckpoint } from '#protocol/staff/ledger/roster-state'
import { localDayInDigits } from '../i18n/dates.ts'
import { useMessages } from '../i18n/messages.tsx'
import { type SeenLedger } from '../ledger/use-ledger.ts'
import { useNames } from '../ledger/use-names.ts'
import { rowOf } from '../ledger/verify-ledger.ts'

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
      <div class={`verdict ${ledger.is === 'newer' ? '' : 'refused'}`} role="status">
        <p>{t(`staff.ledger.${ledger.is}`, { n: rowOf(ledger) })}</p>
      </div>
    )
  return (
    <div class="verdict is-whole" role="status">
      <p>
        <b>{t('staff.log.whole', { n: ledger.rows.length })}</b>
      </p>
      <p>{t('staff.log.head')}</p>
      <p class="hash">{shownHash(ledger.roster.head)}</p>
      {ledger.roster.checkpoint && <ShownCheckpoint {...ledger.roster.checkpoint} />}
    </div>
  )
}

function ShownCheckpoint({ signedBy, at, cases, digest }: RosterCheckpoint) {
  const { t } = useMessages()
  const nameOf = useNames()
  const day = localDayInDigits(at)
  return (
    <>
      <p>{t('staff.log.checkpoint', { who: nameOf(signedBy), day, n: cases })}</p>
      <p class="hash">{shownHash(fromB64(digest))}</p>
    </>
  )
}
