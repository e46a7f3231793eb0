// Shows the workspace: the bar, the urgent lines, and one screen. Back returns to the first screen.
import { useEffect, useMemo } from 'preact/hooks'
import { type Bytes } from '#protocol/bytes'
import { type KeysBeforeProof } from '../crypto/unlock.ts'
import { useAwaited } from '../departure/use-awaited.ts'
import { LedgerContext, useWholeLedger } from '../ledger/ledger-context.ts'
import { membersWho } from '../ledger/read-roster.ts'
import { useFormerNames } from '../ledger/use-former-names.ts'
import { useLedger } from '../ledger/use-ledger.ts'
import { type KeptPlace } from '../list/list-place.ts'
import { CaseIndexProvider } from '../search/index-provider.tsx'
import { useLeaveWarning } from '../session/navigation.ts'
import {
  SessionContext,
  useSessionContext,
  type SessionValues,
} from '../session/session-context.ts'
import { useAlert } from '../session/use-alert.ts'
import { useCounts } from '../session/use-counts.ts'
import { useOwnSettings } from '../session/use-own-settings.ts'
import { useProvenKeys } from '../session/use-proven-keys.ts'
import { useTitle, type Listed } from '../session/use-title.ts'
import { ChosenScreen } from './chosen-screen.tsx'
import { countsFor } from './counts.tsx'
import { Header } from './header.tsx'
import { useAppNavigation } from './use-app-navigation.ts'
import { WorkspaceLines } from './workspace-lines.tsx'

interface WorkspaceProps extends Omit<
  SessionValues,
  'keys' | 'roster' | 'newest' | 'waiting' | 'renewKeys' | 'nextWriter'
> {
  /** the person's own keys, and the copies of the shared keys that are not proven yet */
  opened: KeysBeforeProof
  /** fetches and opens the copies of the shared keys again */
  renewCopies: () => Promise<KeysBeforeProof>
  /** the pinned root key, 65 bytes */
  root: Bytes
  /** true when the stored drafts could not be opened again */
  lostWords: boolean
  listed: Listed
  kept: KeptPlace
  onLock: () => void
  onSignOut: () => void
}

export function Workspace(props: WorkspaceProps) {
  const { me, opened, drafts, renewCopies, root } = props
  const { onSignedOut, onOwn, onNewKeys, ...doors } = props
  const verified = useLedger(root, onSignedOut)
  const proven = useProvenKeys(opened, verified, renewCopies)
  const { seenLedger, keys, roster, waiting, ...renewing } = proven
  const names = useFormerNames(seenLedger, verified.former, keys)
  const holds = useMemo(
    () => ({ me, keys, roster, waiting, drafts, ...renewing, onSignedOut, onOwn, onNewKeys }),
    [me, keys, roster, waiting, drafts],
  )
  return (
    <SessionContext.Provider value={holds}>
      <LedgerContext.Provider value={{ ...seenLedger, names }}>
        <Frame {...doors} />
      </LedgerContext.Provider>
    </SessionContext.Provider>
  )
}

type FrameProps = Pick<WorkspaceProps, 'lostWords' | 'listed' | 'kept' | 'onLock' | 'onSignOut'>

function Frame({ lostWords, listed, kept, onLock, onSignOut }: FrameProps) {
  const { me, drafts, onSignedOut } = useSessionContext()
  const { roles } = me
  const isReader = roles.includes('intake')
  const roster = useWholeLedger()?.roster ?? null
  const navigation = useAppNavigation(kept)
  const seen = useCounts(navigation.place.report, onSignedOut)
  const awaiting = useAwaited(roster, isReader)
  const urgent = useAlert(roles, onSignedOut)
  // The person's own action refreshes the counts, and may have ended an alert.
  useEffect(() => {
    if (urgent.alerts.length > 0) urgent.ask()
  }, [seen.counts])
  const held = useOwnSettings()
  useTitle(urgent.alerts.length > 0, seen.counts?.arrivals, listed)
  useLeaveWarning(() => drafts.size > 0)
  const parts = { navigation, seen, awaiting, held }
  return (
    <CaseIndexProvider arrivals={seen.counts?.arrivals}>
      <Header
        screens={navigation.screens}
        screen={navigation.place.screen}
        counts={countsFor(roles, seen.counts)}
        newcomers={roster ? membersWho(roster, 'waiting').length : 0}
        onScreen={navigation.goTo}
        onWaiting={isReader ? () => navigation.goTo('waiting') : null}
        onLock={onLock}
        onSignOut={onSignOut}
      />
      <WorkspaceLines {...parts} urgent={urgent} lostWords={lostWords} onLock={onLock} />
      <ChosenScreen {...parts} listed={listed} kept={kept} />
    </CaseIndexProvider>
  )
}
