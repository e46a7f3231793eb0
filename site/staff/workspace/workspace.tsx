// Shows the workspace: the bar, the lines about urgent things, and one screen. Back returns to the
// first screen.
import { useMemo } from 'preact/hooks'
import { type Bytes } from '#protocol/bytes'
import { type Listed } from '../alerts/use-title.ts'
import { CaseIndexProvider } from '../pieces/index-provider.tsx'
import { ChosenScreen } from './chosen-screen.tsx'
import { Header } from './header.tsx'
import { type KeptPlace } from '../queue/list-place.ts'
import { LedgerContext } from '../ledger/ledger-context.ts'
import { membersWho } from '../ledger/read-roster.ts'
import {
  SessionContext,
  useSessionContext,
  type SessionValues,
} from '../session/session-context.ts'
import { countsFor } from './counts.tsx'
import { useWorkspace } from './use-workspace.ts'
import { WorkspaceLines } from './workspace-lines.tsx'

interface WorkspaceProps extends SessionValues {
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
  const { me, keys, drafts, renewKeys, onSignedOut, onSlots, onNewKeys, ...doors } = props
  const holds = useMemo(
    () => ({ me, keys, drafts, renewKeys, onSignedOut, onSlots, onNewKeys }),
    [me, keys, drafts],
  )
  return (
    <SessionContext.Provider value={holds}>
      <Frame {...doors} />
    </SessionContext.Provider>
  )
}

type FrameProps = Omit<WorkspaceProps, keyof SessionValues>

function Frame({ root, lostWords, listed, kept, onLock, onSignOut }: FrameProps) {
  const { me } = useSessionContext()
  const workspace = useWorkspace({ root, listed, kept, onLock })
  const { screens, isReader, standing, seen, seenLedger, roster, goTo } = workspace
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
