// Shows the workspace: the bar, the lines about urgent things, and one screen. Back returns to the
// first screen.
import { useMemo, useState } from 'preact/hooks'
import { type Bytes } from '#protocol/bytes'
import { AlertLine } from '../alerts/alert-line.tsx'
import { useAlert } from '../alerts/use-alert.ts'
import { useTitle, type Listed } from '../alerts/use-title.ts'
import { DiscardLine } from './discard-line.tsx'
import { Header } from './header.tsx'
import { KeyLine } from '../keys/key-line.tsx'
import { LedgerContext } from '../ledger/ledger-context.ts'
import { LedgerLine } from '../ledger/ledger-line.tsx'
import { membersWho, readersIn } from '../ledger/read-roster.ts'
import { useLedger } from '../ledger/use-ledger.ts'
import {
  SessionContext,
  useSessionContext,
  type SessionValues,
} from '../session/session-context.ts'
import { FewReaders } from './counts.tsx'
import {
  LoadAlertSettings,
  LoadDiscard,
  LoadInvite,
  LoadKeys,
  LoadLetter,
  LoadLog,
  LoadOwnKeys,
  LoadPeople,
  LoadTemplates,
  LoadWaiting,
} from './load-screens.tsx'
import { type Screen } from './menu.tsx'
import { PaperLine } from './paper-line.tsx'
import { ReportsScreen } from './reports-screen.tsx'
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
  onLock: () => void
  onSignOut: () => void
}

export function Workspace(props: DeskProps) {
  const { me, keys, drafts, renewKeys, onSignedOut, onSlots, ...doors } = props
  const holds = useMemo(
    () => ({ me, keys, drafts, renewKeys, onSignedOut, onSlots }),
    [me, keys, drafts],
  )
  return (
    <SessionContext.Provider value={holds}>
      <Screens roles={me.roles} {...doors} />
    </SessionContext.Provider>
  )
}

type ScreensProps = Omit<DeskProps, keyof SessionValues> & { roles: SessionValues['me']['roles'] }

function Screens({ roles, root, lostWords, listed, onLock, onSignOut }: ScreensProps) {
  const { t } = useMessages()
  const screens: Screen[] = []
  if (roles.includes('intake')) screens.push('reports', 'letter', 'waiting', 'discard')
  screens.push('people')
  if (roles.includes('intake')) screens.push('keys')
  if (roles.includes('admin')) screens.push('invite', 'alerts', 'templates')
  screens.push('log', 'own')
  const standing = useNavigation({ screen: screens[0] ?? 'people', report: null })
  const { screen, report } = standing.place
  const hasList = screens[0] === 'reports'
  const { drafts, onSignedOut } = useSessionContext()
  const seen = useCounts(report, onSignedOut)
  const seenLedger = useLedger(root, onSignedOut)
  const { ledger } = seenLedger
  const roster = ledger?.is === 'whole' ? ledger.roster : null
  const urgent = useAlert(onSignedOut)
  useTitle(urgent.alert !== null, seen.counts?.arrivals, listed)
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
  const canShowKeys = hasList && screen !== 'keys'
  return (
    <LedgerContext.Provider value={seenLedger}>
      <Header
        screens={screens}
        screen={screen}
        counts={seen.counts}
        newcomers={roster ? membersWho(roster, 'waiting').length : 0}
        onScreen={goTo}
        onWaiting={hasList ? () => goTo('waiting') : null}
        onLock={onLock}
        onSignOut={onSignOut}
      />
      <SharedKeysWatch />
      <LedgerLine />
      <KeyLine
        roster={roster}
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
      {lostWords && <UnsentNotice unsent="lost" />}
      {screen === 'reports' && (
        <ReportsScreen seen={seen} standing={standing} onListed={listed.onListed} />
      )}
      {screen === 'waiting' && (
        <LoadWaiting
          onBack={standing.home}
          onOpen={(id) => standing.go({ screen: 'reports', report: id })}
          onTaken={seen.ask}
        />
      )}
      {screen === 'letter' && <LoadLetter standing={standing} onStored={seen.ask} />}
      {screen === 'templates' && <LoadTemplates onBack={standing.home} hasList={hasList} />}
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
          onRemoved={hasList ? changeKeys : null}
          onInvite={roles.includes('admin') ? () => goTo('invite') : null}
        />
      )}
      {screen === 'keys' && <LoadKeys isLeaving={isLeaving} onBack={standing.home} />}
      {screen === 'invite' && <LoadInvite standing={standing} hasList={hasList} />}
      {screen === 'own' && <LoadOwnKeys onBack={standing.home} hasList={hasList} />}
      {screen === 'log' && <LoadLog onBack={standing.home} hasList={hasList} />}
      {screen === 'alerts' && <LoadAlertSettings onBack={standing.home} hasList={hasList} />}
    </LedgerContext.Provider>
  )
}
