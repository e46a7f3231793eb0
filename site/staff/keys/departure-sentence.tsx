// Shows, in one sentence, who ended whose access and who must still change the shared keys.
import { dayNumber } from '#protocol/time'
import { lacksEpoch, unretired } from '../departure/state.ts'
import { localDayInDigits } from '../i18n/dates.ts'
import { useMessages, type MessageKey } from '../i18n/messages.tsx'
import { activeKeepersIn } from '../ledger/key-facts.ts'
import { isKeeper } from '../ledger/read-roster.ts'
import { readRows, type ReadRow } from '../ledger/read-rows.ts'
import { useNames } from '../ledger/use-names.ts'
import type { WholeLedger } from '../ledger/verify-ledger.ts'
import { useSessionContext } from '../session/session-context.ts'

/** The rows after which the shared keys must change. */
const CAUSES: Partial<Record<ReadRow['action'], MessageKey>> = {
  'person.remove': 'staff.log.did.person.remove',
  'person.rekey': 'staff.log.did.person.rekey',
  'recovery.renew': 'staff.log.did.recovery.renew',
}

export function DepartureSentence({ ledger: { rows, roster } }: { ledger: WholeLedger }) {
  const { t } = useMessages()
  const { keys } = useSessionContext()
  const nameOf = useNames()
  const [cause] = readRows(rows.slice(roster.leftAt - 1, roster.leftAt))
  const did = cause && CAUSES[cause.action]
  const step = lacksEpoch(roster) ? 'epoch' : unretired(roster).length > 0 ? 'retire' : null
  const nowMs = Date.now()
  const waitsFor =
    step === null || isKeeper(roster, keys.personId, nowMs)
      ? []
      : activeKeepersIn(roster, dayNumber(nowMs)).map(({ member }) => nameOf(member.id))
  return (
    <p dir="auto">
      {did && (
        <>
          <b>{localDayInDigits(cause.at)}</b>{' '}
          {t(did, { who: nameOf(cause.actor), whom: nameOf(cause.subject) })}{' '}
        </>
      )}
      {step !== null && waitsFor.length > 0 ? (
        <b>
          {t('staff.departure.waits', { names: waitsFor.join(', ') })} (
          {t(`staff.departure.step.${step}`)})
        </b>
      ) : (
        t('staff.departure.line')
      )}
    </p>
  )
}
