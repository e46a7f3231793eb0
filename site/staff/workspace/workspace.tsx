// Shows the workspace: the bar, the lines about urgent things, and one screen. Back returns to the
// first screen.
import { useMemo, useState } from 'preact/hooks'
import { type Bytes } from '#protocol/bytes'
import { AlertLine } from '../alerts/alert-line.tsx'
import { useAlert } from '../alerts/use-alert.ts'
import { useTitle, type Listed } from '../alerts/use-title.ts'
import { CaseIndexProvider, IndexLine } from '../pieces/index-provider.tsx'
import { DiscardLine } from './discard-line.tsx'
import { Header } from './header.tsx'
import { KeyLine } from '../keys/key-line.tsx'
import { useAwaited } from '../keys/use-awaited.ts'
import { type KeptPlace } from '../queue/list-place.ts'
import { LedgerContext } from '../ledger/ledger-context.ts'
import { LedgerLine } from '../ledger/ledger-line.tsx'
import { membersWho, readersIn } from '../ledger/read-roster.ts'
import { useLedger } from '../ledger/use-ledger.ts'
import {
  SessionContext,
  useSessionContext,
  type SessionValues,
} from '../session/session-context.ts'
import { countsFor, FewReaders } from './counts.tsx'
import { FirstDayLine } from '../first-day/first-day-line.tsx'
import { useOwnSettings } from '../session/use-own-settings.ts'
import { BreakLine } from './break-line.tsx'
import {
  LoadAlertSettings,
  LoadDiscard,
  LoadFirstDay,
  LoadInvite,
  LoadKeys,
  LoadLetter,
  LoadLog,
  LoadOwnKeys,
  LoadPeople,
  LoadShift,
  LoadTemplates,
  LoadWaiting,
} from './load-screens.tsx'
import { type Screen } from './menu.tsx'
import { PaperLine } from './paper-line.tsx'
import { ReportsScreen } from './reports-screen.tsx'
import { screensOf } from './screens-of.ts'
import { useCounts } from './use-counts.ts'
import { useNavigation, useLeaveWarning } from '../session/navigation.ts'
import { useIdleLock } from '../session/idle-lock.ts'
import { SharedKeysWatch } from '../session/use-shared-keys.ts'
import { UnsentNotice } from '../session/unsent-drafts.tsx'
import { useMessages } from '../i18n/messages.tsx'

interface DeskProps extends SessionValues {
  /** the pinned root key, 65 bytes */
  root: Bytes
  /** true when the kept drafts could not be opened again */
  lostWords: boolean
  listed: Listed
  kept: KeptPlace
  onLock: () => void
  onSignOut: () => void
}

export function Workspace(props: DeskProps) {
  const { me, keys, drafts, renewKeys, onSignedOut, onSlots, onNewKeys, ...doors } = props
  const holds = useMemo(
    () => ({ me, keys, drafts, renewKeys, onSignedOut, onSlots, onNewKeys }),
    [me, keys, drafts],
  )
  return (
    <SessionContext.Provider value={holds}>
      <Screens roles={me.roles} {...doors} />
    </SessionContext.Provider>
  )
}

type ScreensProps = Omit<DeskProps, keyof SessionValues> & { roles: SessionValues['me']['roles'] }

function Screens({ roles, root, lostWords, listed, kept, onLock, onSignOut }: ScreensProps) {
  const { t } = useMessages()
  const screens = screensOf(roles)
  const isReader = roles.includes('intake')
  const home = { screen: screens[0] ?? 'people', report: null }
  const standing = useNavigation(home, { ...home, report: kept.now.report })
  const { screen, report } = standing.place
  const hasList = screens[0] === 'reports'
  const { drafts, onSignedOut } = useSessionContext()
  const seen = useCounts(report, onSignedOut)
  const seenLedger = useLedger(root, onSignedOut)
  const { ledger } = seenLedger
  const roster = ledger?.is === 'whole' ? ledger.roster : null
  const awaiting = useAwaited(roster, isReader)
  const urgent = useAlert(roles, onSignedOut)
  useTitle(urgent.alert !== null, seen.counts?.arrivals, listed)
  const held = useOwnSettings()
  const warning = useIdleLock(onLock)
  useLeaveWarning(() => drafts.size > 0)
  const [isLeaving, setIsLeaving] = useState(false)
  const goTo = (next: Screen): void => {
    setIsLeaving(false)
    standing.go({ screen: next, report: null })
  }
  const changeKeys = (): void => {
    goTo('keys')
    setIsLeaving(true)
  }
  const canShowKeys = isReader && screen !== 'keys'
  return (
    <LedgerContext.Provider value={seenLedger}>
      <CaseIndexProvider arrivals={seen.counts?.arrivals}>
        <Header
          screens={screens}
          screen={screen}
          counts={countsFor(roles, seen.counts)}
          newcomers={roster ? membersWho(roster, 'waiting').length : 0}
          onScreen={goTo}
          onWaiting={isReader ? () => goTo('waiting') : null}
          onLock={onLock}
          onSignOut={onSignOut}
        />
        <SharedKeysWatch />
        <LedgerLine />
        <KeyLine
          roster={roster}
          isAwaiting={awaiting.isAwaiting}
          onShow={canShowKeys ? () => goTo('keys') : null}
          onGoOn={canShowKeys ? changeKeys : null}
        />
        <AlertLine {...urgent} />
        <DiscardLine discard={seen.counts?.discard} onWithdrawn={seen.ask} />
        <div role="status" class="lock-soon">
          {warning && <p class="warning">{t('staff.lock.soon')}</p>}
        </div>
        <FewReaders readers={roster && readersIn(roster).length} />
        {screen !== 'own' && <PaperLine onKeys={() => goTo('own')} />}
        {screen !== 'first' && report === null && (
          <FirstDayLine held={held} roster={roster} onShow={() => goTo('first')} />
        )}
        <BreakLine held={held} isReading={report !== null} />
        {lostWords && <UnsentNotice unsent="lost" />}
        {screen === 'reports' && (
          <ReportsScreen seen={seen} standing={standing} kept={kept} onListed={listed.onListed} />
        )}
        {screen === 'reports' && <IndexLine />}
        {screen === 'waiting' && (
          <LoadWaiting
            onBack={standing.home}
            onOpen={(id) => standing.go({ screen: 'reports', report: id })}
            onTaken={seen.ask}
          />
        )}
        {screen === 'shift' && (
          <LoadShift
            onBack={standing.home}
            onOpen={(id) => standing.go({ screen: 'reports', report: id })}
          />
        )}
        {screen === 'discard' && (
          <LoadDiscard
            open={seen.counts?.discard?.id ?? null}
            onBack={standing.home}
            onSigned={seen.ask}
          />
        )}
        {screen === 'people' && (
          <LoadPeople
            hasList={hasList}
            onBack={standing.home}
            onRemoved={isReader ? changeKeys : null}
            onInvite={roles.includes('admin') ? () => goTo('invite') : null}
          />
        )}
        {screen === 'keys' && (
          <LoadKeys isLeaving={isLeaving} awaiting={awaiting} onBack={standing.home} />
        )}
        {screen === 'invite' && <LoadInvite standing={standing} hasList={hasList} />}
        {screen === 'own' && <LoadOwnKeys onBack={standing.home} hasList={hasList} />}
        {screen === 'log' && <LoadLog onBack={standing.home} hasList={hasList} />}
        {screen === 'alerts' && <LoadAlertSettings onBack={standing.home} hasList={hasList} />}
        {screen === 'letter' && <LoadLetter standing={standing} onStored={seen.ask} />}
        {screen === 'templates' && <LoadTemplates onBack={standing.home} hasList={hasList} />}
        {screen === 'first' && (
          <LoadFirstDay
            held={held}
            hasList={hasList}
            onBack={standing.home}
            letter={{
              onStored: seen.ask,
              onOpen: (id) => standing.go({ screen: 'reports', report: id }),
            }}
            ways={{
              paper: () => goTo('own'),
              reader: roles.includes('admin') ? () => goTo('invite') : null,
              alerts: () => goTo('alerts'),
            }}
          />
        )}
      </CaseIndexProvider>
    </LedgerContext.Provider>
  )
}
