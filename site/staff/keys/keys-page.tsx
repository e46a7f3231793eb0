// Shows the keys in words: the epoch of today, older ones, keepers, the team key and recovery. A
// keeper opens the next epoch here, and finishes what a departure left open.
import { useEffect, useRef, useState } from 'preact/hooks'
import { fromB64 } from '#protocol/bytes'
import { lastDayOf } from '#protocol/keys/key-days'
import { type ErrorCode } from '#protocol/errors'
import { type Roster } from '#protocol/staff/roster-state'
import { dayNumber } from '#protocol/time'
import { useMessages } from '../i18n/messages.tsx'
import { useSeenLedger } from '../ledger/ledger-context.ts'
import { readersIn } from '../ledger/read-roster.ts'
import { type WholeLedger } from '../ledger/verify-ledger.ts'
import { runAndRefresh } from '../session/run-and-refresh.ts'
import { useSessionContext } from '../session/session-context.ts'
import { useProof } from '../session/use-proof.tsx'
import { ErrorMessage } from '../ui/errors.tsx'
import { openNextEpoch } from './change-epochs.ts'
import { DepartureCard } from './departure-card.tsx'
import { isDepartureOpen } from './departure-state.ts'
import { dayText, keepersIn, newestEpoch } from './key-facts.ts'
import { KeeperExchange } from './keeper-exchange.tsx'
import { OlderEpochs } from './older-epochs.tsx'
import { type Awaiting } from './use-awaited.ts'

export interface KeysPageProps {
  /** true when the steps of a departure are to begin by themselves */
  isLeaving: boolean
  awaiting: Awaiting
  onBack: () => void
}

type Outcome = 'epoch' | 'retire' | 'end' | 'departure' | 'keeper'

/** A colleague was faster, so the view is refreshed. */
const TOO_LATE: readonly ErrorCode[] = ['chain_moved']

export function KeysPage({ isLeaving, awaiting, onBack }: KeysPageProps) {
  const { t } = useMessages()
  const { keys } = useSessionContext()
  const { ledger, why, verify } = useSeenLedger()
  const attempt = useProof()
  const [outcome, setOutcome] = useState<Outcome | null>(null)
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => heading.current?.focus(), [])
  // Looks again when the screen opens, because a colleague may have changed the keys.
  useEffect(() => void verify(), [])
  const roster = ledger?.is === 'whole' ? ledger.roster : null
  const today = dayNumber(Date.now())
  const isKeeper =
    roster !== null &&
    keepersIn(roster).some(({ member, lastDay }) => member.id === keys.personId && lastDay >= today)
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
      {attempt.question}
      <ErrorMessage why={attempt.why ?? (ledger ? null : why)} />
      {ledger && !roster && <p>{t('staff.ledger.off')}</p>}
      {ledger?.is === 'whole' && roster && (
        <>
          {(isDepartureOpen(roster) || awaiting.isAwaiting) && (
            <DepartureCard
              roster={roster}
              awaiting={awaiting}
              isKeeper={isKeeper}
              begins={isLeaving && outcome === null}
              onDone={() => setOutcome('departure')}
            />
          )}
          <CurrentEpoch
            roster={roster}
            today={today}
            isKeeper={isKeeper}
            busy={attempt.busy}
            isLeaving={isDepartureOpen(roster)}
            onOpen={() => change(() => openNextEpoch(keys, roster), 'epoch')}
          />
          <OlderEpochs roster={roster} isKeeper={isKeeper} busy={attempt.busy} onChange={change} />
          <OtherKeys ledger={ledger} onKeeper={() => setOutcome('keeper')} />
        </>
      )}
    </main>
  )
}

interface CurrentEpochProps {
  roster: Roster
  /** days since 1970, UTC */
  today: number
  isKeeper: boolean
  busy: boolean
  /** true while a departure is open, whose steps open the next epoch themselves */
  isLeaving: boolean
  onOpen: () => void
}

function CurrentEpoch({ roster, today, isKeeper, busy, isLeaving, onOpen }: CurrentEpochProps) {
  const { t } = useMessages()
  const { names } = useSeenLedger()
  const epoch = newestEpoch(roster)
  const lastDay = epoch && lastDayOf(fromB64(epoch.manifest))
  const keepers = keepersIn(roster).filter((each) => each.lastDay >= today)
  const listed = keepers.map(({ member }) => names.get(member.id) ?? t('staff.ledger.nobody'))
  return (
    <section class="card" aria-labelledby="key-now">
      <header>
        <h3 id="key-now">
          {epoch && lastDay !== null
            ? t('staff.keys.now', { n: epoch.epoch, day: dayText(lastDay) })
            : t('staff.keys.none')}
        </h3>
      </header>
      {lastDay !== null && <p>{t('staff.keys.left', { n: Math.max(0, lastDay - today) })}</p>}
      {isKeeper && !isLeaving && (
        <>
          <p class="hint">{t('staff.keys.why')}</p>
          <div class="verbs">
            <button type="button" class="go" aria-disabled={busy} onClick={onOpen}>
              {t('staff.keys.open')}
            </button>
          </div>
        </>
      )}
      {!isKeeper && (
        <p>
          {listed.length > 0
            ? t('staff.keys.not_keeper', { names: listed.join(', ') })
            : t('staff.keys.no_keeper')}
        </p>
      )}
    </section>
  )
}

/** Shows the keepers, the generation of the team key and the recovery key. */
function OtherKeys({ ledger, onKeeper }: { ledger: WholeLedger; onKeeper: () => void }) {
  const { roster } = ledger
  const { t } = useMessages()
  const { names } = useSeenLedger()
  const nameOf = (id: string): string => names.get(id) ?? t('staff.ledger.nobody')
  const generation = Math.max(0, ...roster.teams.keys())
  return (
    <>
      <section class="card" aria-labelledby="keepers">
        <header>
          <h3 id="keepers">{t('staff.keys.keepers')}</h3>
        </header>
        <ul class="rows">
          {keepersIn(roster).map(({ member, lastDay }) => (
            <li key={member.id} dir="auto">
              {t('staff.keys.keeper', { name: nameOf(member.id), day: dayText(lastDay) })}
            </li>
          ))}
        </ul>
        <p class="hint">{t('staff.keys.keeper.hint')}</p>
        <KeeperExchange ledger={ledger} onDone={onKeeper} />
      </section>
      <section class="card" aria-labelledby="team-key">
        <header>
          <h3 id="team-key">{t('staff.keys.team')}</h3>
        </header>
        <p>{t('staff.keys.team.now', { n: generation, readers: readersIn(roster).length })}</p>
        <p class="hint">{t('staff.keys.team.hint')}</p>
      </section>
      <section class="card" aria-labelledby="recovery-key">
        <header>
          <h3 id="recovery-key">{t('staff.keys.recovery')}</h3>
        </header>
        <p>{t('staff.keys.recovery.hint')}</p>
      </section>
    </>
  )
}
