// Shows a warning above the workspace when keys will expire soon, or when a departure is
// unfinished.
import { useMessages } from '../i18n/messages.tsx'
import { isDepartureOpen } from '../departure/state.ts'
import { endingIn } from '../ledger/key-facts.ts'
import type { WholeLedger } from '../ledger/verify-ledger.ts'
import { useFetched } from '../ui/use-fetched.ts'

interface KeyLineProps {
  /** null while the ledger is not valid */
  ledger: WholeLedger | null
  /** true while letters sealed under older keys are still on their way */
  isAwaiting: boolean
  /** shows the keys; null for a person who is not a reader, or who is already on that screen */
  onShow: (() => void) | null
  /** continues the departure; null under the same conditions */
  onGoOn: (() => void) | null
}

export function KeyLine({ ledger, isAwaiting, onShow, onGoOn }: KeyLineProps) {
  const { t } = useMessages()
  const roster = ledger?.roster ?? null
  const ending = roster && endingIn(roster, Date.now())
  const isEnding = ending !== null && ending.state !== 'ok'
  const isOpen = ledger !== null && isDepartureOpen(ledger.roster)
  const sentence =
    ending?.state === 'ended'
      ? t(`staff.keys.ended.${ending.of}`)
      : isEnding && t(`staff.keys.soon.${ending.of}`, { n: ending.daysLeft })
  return (
    <>
      <div role="alert" class="key-line alarm">
        {(isOpen || isAwaiting) && (
          <>
            {isOpen ? (
              <OpenDeparture ledger={ledger} />
            ) : (
              <p>{t('staff.departure.line.letters')}</p>
            )}
            {onGoOn && (
              <button type="button" onClick={onGoOn}>
                {t('staff.departure.go')}
              </button>
            )}
          </>
        )}
      </div>
      <div role="status" class={`key-line ${ending?.state === 'soon' ? 'calm' : 'alarm'}`}>
        {isEnding && onShow && (
          <>
            <p>{sentence}</p>
            <button type="button" onClick={onShow}>
              {t('staff.keys.show')}
            </button>
          </>
        )}
      </div>
    </>
  )
}

const fetchSentence = async () => (await import('./departure-sentence.tsx')).DepartureSentence

/** The code that reads the log is fetched only here, because departures are rare. */
function OpenDeparture({ ledger }: { ledger: WholeLedger }) {
  const { t } = useMessages()
  const { Part } = useFetched(fetchSentence)
  return Part ? <Part ledger={ledger} /> : <p>{t('staff.departure.line')}</p>
}
