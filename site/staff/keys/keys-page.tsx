// Describes the keys in words: the current epoch, older epochs, keepers, the team key and recovery.
// A keeper opens the next epoch here, and finishes the remaining steps of a departure.
import { useEffect, useRef, useState } from 'preact/hooks'
import { type ErrorCode } from '#protocol/errors'
import { dayNumber } from '#protocol/time'
import { useMessages } from '../i18n/messages.tsx'
import { DepartureCard } from '../departure/card.tsx'
import { isDepartureOpen } from '../departure/state.ts'
import { type Awaiting } from '../departure/use-awaited.ts'
import { WaitingLines } from '../departure/waiting-lines.tsx'
import { openNextEpoch } from '../ledger/change-epochs.ts'
import { isKeeper } from '../ledger/read-roster.ts'
import { useSeenLedger } from '../ledger/ledger-context.ts'
import { runAndRefresh } from '../session/run-and-refresh.ts'
import { useSessionContext } from '../session/session-context.ts'
import { useProof } from '../session/use-proof.tsx'
import { ErrorMessage } from '../ui/errors.tsx'
import { CurrentEpoch } from './current-epoch.tsx'
import { OlderEpochs } from './older-epochs.tsx'
import { OtherKeys } from './other-keys.tsx'
import { WayToCases } from './way-to-cases.tsx'

interface KeysPageProps {
  /** true when the steps of a departure should start automatically */
  beginsDeparture: boolean
  awaiting: Awaiting
  onBack: () => void
  /** shows the screen with the cases of people who have left */
  onLeft: () => void
}

type Outcome = 'epoch' | 'retire' | 'end' | 'departure' | 'keeper'

/** A colleague acted first, so the view is refreshed. */
const TOO_LATE: readonly ErrorCode[] = ['chain_moved']

export function KeysPage({ beginsDeparture, awaiting, onBack, onLeft }: KeysPageProps) {
  const { t } = useMessages()
  const { keys } = useSessionContext()
  const { ledger, why, verify } = useSeenLedger()
  const attempt = useProof()
  const [outcome, setOutcome] = useState<Outcome | null>(null)
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => heading.current?.focus(), [])
  // Refreshes when the screen opens, because a colleague may have changed the keys.
  useEffect(() => void verify(), [])
  const roster = ledger?.is === 'whole' ? ledger.roster : null
  const today = dayNumber(Date.now())
  const mayChange = roster !== null && isKeeper(roster, keys.personId, Date.now())
  const change = (action: () => Promise<void>, as: Outcome): void =>
    attempt.run(() =>
      runAndRefresh({
        action,
        tooLate: TOO_LATE,
        onDone: () => setOutcome(as),
        refresh: verify,
        onStale: () => undefined,
      }),
    )
  return (
    <main class="screen people">
      <button type="button" class="back" onClick={onBack}>
        {t('staff.back')}
      </button>
      <h2 ref={heading} tabIndex={-1}>
        {t('staff.screen.keys')}
      </h2>
      <p role="status">
        {!ledger && why === null && t('staff.ledger.checking')}
        {outcome && t(`staff.keys.done.${outcome}`)}
      </p>
      {outcome === 'departure' && <WayToCases onList={onBack} onLeft={onLeft} />}
      {attempt.question}
      <ErrorMessage why={attempt.why ?? (ledger ? null : why)} />
      {ledger && !roster && <p>{t('staff.ledger.off')}</p>}
      {ledger?.is === 'whole' && roster && (
        <>
          <WaitingLines />
          {(isDepartureOpen(roster) || awaiting.isAwaiting) && (
            <DepartureCard
              roster={roster}
              awaiting={awaiting}
              isKeeper={mayChange}
              begins={beginsDeparture && outcome === null}
              onDone={() => setOutcome('departure')}
            />
          )}
          <CurrentEpoch
            roster={roster}
            today={today}
            isKeeper={mayChange}
            busy={attempt.busy}
            isDepartureOpen={isDepartureOpen(roster)}
            onOpen={() => change(() => openNextEpoch(keys, roster), 'epoch')}
          />
          <OlderEpochs roster={roster} isKeeper={mayChange} busy={attempt.busy} onChange={change} />
          <OtherKeys ledger={ledger} onKeeper={() => setOutcome('keeper')} />
        </>
      )}
    </main>
  )
}
