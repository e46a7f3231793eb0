// Shows, above a screen, the lines about urgent or lost items and about tasks for the person.
import { type ComponentProps } from 'preact'
import { FirstDayLine } from '../first-day/first-day-line.tsx'
import { useMessages } from '../i18n/messages.tsx'
import { KeyLine } from '../keys/key-line.tsx'
import type { Awaiting } from '../departure/use-awaited.ts'
import { useWholeLedger } from '../ledger/ledger-context.ts'
import { readersIn } from '../ledger/read-roster.ts'
import { useIdleLock } from '../session/idle-lock.ts'
import { useSessionContext } from '../session/session-context.ts'
import { SharedKeysWatch } from '../session/shared-keys-watch.tsx'
import { UnsentNotice } from '../session/unsent-drafts.tsx'
import type { SeenAlerts } from '../session/use-alert.ts'
import type { SeenCounts } from '../session/use-counts.ts'
import type { HeldSettings } from '../session/use-own-settings.ts'
import { useFetched } from '../ui/use-fetched.ts'
import type { AboveList } from './above-list.tsx'
import { CompareNotice } from './compare-notice.tsx'
import { FewReaders } from './counts.tsx'
import { DiscardLine } from './discard-line.tsx'
import { LedgerLine } from './ledger-line.tsx'
import { LoadAlertLine } from './load-alert-line.tsx'
import { OfflineLine } from './offline-line.tsx'
import { PaperLine } from './paper-line.tsx'
import type { AppNavigation } from './use-app-navigation.ts'

const fetchAboveList = async () => (await import('./above-list.tsx')).AboveList
const fetchBreakLine = async () => (await import('./break-line.tsx')).BreakLine
const fetchChangedNames = async () => (await import('./changed-names.tsx')).ChangedNames

interface WorkspaceLinesProps {
  navigation: AppNavigation
  seen: SeenCounts
  awaiting: Awaiting
  held: HeldSettings
  urgent: SeenAlerts
  /** true when the stored drafts could not be opened again */
  lostWords: boolean
  onLock: () => void
}

export function WorkspaceLines(props: WorkspaceLinesProps) {
  const { navigation, seen, awaiting, held, urgent, lostWords, onLock } = props
  const { me } = useSessionContext()
  const ledger = useWholeLedger()
  const roster = ledger?.roster ?? null
  const { Part: ChangedNames } = useFetched(fetchChangedNames)
  const { Part: BreakLine } = useFetched(fetchBreakLine)
  const { goTo } = navigation
  const { screen, report } = navigation.place
  const canShowKeys = me.roles.includes('intake') && screen !== 'keys'
  return (
    <>
      <SharedKeysWatch />
      <LedgerLine />
      {ChangedNames && <ChangedNames />}
      <KeyLine
        ledger={ledger}
        isAwaiting={awaiting.isAwaiting}
        onShow={canShowKeys ? () => goTo('keys') : null}
        onGoOn={canShowKeys ? navigation.changeKeys : null}
      />
      <LoadAlertLine
        seen={urgent}
        onOpen={navigation.hasList ? navigation.openReport : null}
        onWaiting={() => goTo('waiting')}
      />
      <OfflineLine since={seen.offlineSince} />
      <DiscardLine discard={seen.counts?.discard} onWithdrawn={seen.ask} />
      <LockWarning onLock={onLock} />
      <FewReaders readers={roster && readersIn(roster).length} />
      {screen !== 'own' && <PaperLine onKeys={() => goTo('own')} />}
      {screen !== 'first' && report === null && (
        <FirstDayLine held={held} roster={roster} onShow={() => goTo('first')} />
      )}
      {report === null && <CompareNotice roster={roster} />}
      {roster && screen === 'reports' && report === null && (
        <OnList roster={roster} onRota={() => goTo('alerts')} onOpen={navigation.openReport} />
      )}
      {BreakLine && <BreakLine held={held} isReading={report !== null} />}
      {lostWords && <UnsentNotice unsent="lost" />}
    </>
  )
}

/** Shows who is on duty and which shifts were handed over, once the code has loaded. */
function OnList(props: ComponentProps<typeof AboveList>) {
  const { Part } = useFetched(fetchAboveList)
  return Part && <Part {...props} />
}

/** Locks the app when it is idle, and warns the person a minute earlier. */
function LockWarning({ onLock }: { onLock: () => void }) {
  const { t } = useMessages()
  const isSoon = useIdleLock(onLock)
  return (
    <div role="status" class="lock-soon">
      {isSoon && <p class="warning">{t('staff.lock.soon')}</p>}
    </div>
  )
}
