// Shows the workspace: the bar, the lines about urgent things, and one screen. Back returns to the
// first screen.
import { useMemo } from 'preact/hooks'
import { type Bytes } from '#protocol/bytes'
import { type KeysBeforeProof } from '../crypto/unlock.ts'
import { LedgerContext } from '../ledger/ledger-context.ts'
import { membersWho } from '../ledger/read-roster.ts'
import { useLedger, type SeenLedger } from '../ledger/use-ledger.ts'
import { type KeptPlace } from '../list/list-place.ts'
import { CaseIndexProvider } from '../search/index-provider.tsx'
import {
  SessionContext,
  useSessionContext,
  type SessionValues,
} from '../session/session-context.ts'
import { useProvenKeys } from '../session/use-proven-keys.ts'
import { type Listed } from '../session/use-title.ts'
import { ChosenScreen } from './chosen-screen.tsx'
import { countsFor } from './counts.tsx'
import { Header } from './header.tsx'
import { useWorkspace } from './use-workspace.ts'
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
  /** true when the kept drafts could not be opened again */
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
  const holds = useMemo(
    () => ({ me, keys, roster, waiting, drafts, ...renewing, onSignedOut, onOwn, onNewKeys }),
    [me, keys, roster, waiting, drafts],
  )
  return (
    <SessionContext.Provider value={holds}>
      <Frame {...doors} seenLedger={seenLedger} />
    </SessionContext.Provider>
  )
}

interface FrameProps extends Pick<
  WorkspaceProps,
  'lostWords' | 'listed' | 'kept' | 'onLock' | 'onSignOut'
> {
  seenLedger: SeenLedger
}

function Frame({ seenLedger, lostWords, listed, kept, onLock, onSignOut }: FrameProps) {
  const { me } = useSessionContext()
  const workspace = useWorkspace({ seenLedger, listed, kept, onLock })
  const { screens, isReader, standing, seen, roster, goTo } = workspace
  return (
    <LedgerContext.Provider value={seenLedger}>
      <CaseIndexProvider arrivals={seen.counts?.arrivals}>
        <Header
          screens={screens}
          screen={standing.place.screen}
          counts={countsFor(me.roles, seen.counts)}
          newcomers={roster ? membersWho(roster, 'waiting').length : 0}
          onScreen={goTo}
          onWaiting={isReader ? () => goTo('waiting') : null}
          onLock={onLock}
          onSignOut={onSignOut}
        />
        <WorkspaceLines workspace={workspace} lostWords={lostWords} />
        <ChosenScreen workspace={workspace} listed={listed} kept={kept} />
      </CaseIndexProvider>
    </LedgerContext.Provider>
  )
}
