// Shows the current stage of the app: starting, joining, signed out, locked, unconfirmed, or the
// workspace. The help pages and an invitation that is being read are stages too.
import { useState } from 'preact/hooks'
import { type Bytes } from '#protocol/bytes'
import { type OpenInvitation } from '#protocol/staff/people/people'
import { type Arrivals } from '#protocol/staff/list/queue'
import { openCopies } from '../crypto/shared-keys.ts'
import { unlockKeys } from '../crypto/unlock.ts'
import { SignInPage } from '../sign-in/sign-in.tsx'
import { Unlock } from '../sign-in/unlock.tsx'
import { Workspace } from '../workspace/workspace.tsx'
import { LoadCode, LoadHelpOutside, LoadJoin, LoadNewcomer, Loading } from './loading.tsx'
import { signedOutStage, useStage } from './use-stage.ts'

interface StaffAppProps {
  /** the root key that the page pins, 65 bytes */
  root: Bytes
  /** the invitation in the address; null without one */
  invitation: OpenInvitation | null
}

export function StaffApp({ root, invitation }: StaffAppProps) {
  const { stage, setStage, unsent, kept, start, unlock, ...stages } = useStage(invitation)
  const { enterWorkspace, leaveWorkspace, renewCopies, endTheSession } = stages
  const [arrivals, setArrivals] = useState<Arrivals>()
  const listed = { listed: arrivals, onListed: setArrivals }

  switch (stage.at) {
    case 'starting':
      return <Loading />
    case 'failed':
      return <Loading why={stage.why} again={start} />
    case 'join':
      return <LoadJoin link={stage.link} onJoined={unlock} onLeave={start} />
    case 'code':
      return <LoadCode onRead={(link) => setStage({ at: 'join', link })} onLeave={start} />
    case 'help':
      return <LoadHelpOutside onLeave={start} />
    case 'signed-out':
      return (
        <SignInPage
          why={stage.why}
          session={stage.session}
          unsent={unsent?.are ?? null}
          onCode={() => setStage({ at: 'code' })}
          onHelp={() => setStage({ at: 'help' })}
          onSignOut={() => void endTheSession()}
          onSignedIn={(me) => setStage({ at: 'locked', me })}
          onUnlocked={unlock}
        />
      )
    case 'locked': {
      const { me } = stage
      return (
        <Unlock
          me={me}
          unsent={unsent?.personId === me.id ? unsent.are : null}
          listed={listed}
          onUnlocked={(master) => unlock(me, master)}
          onSignOut={() => void endTheSession()}
          onSignedOut={(why) => setStage(signedOutStage(why))}
        />
      )
    }
    case 'newcomer': {
      const { me, keys } = stage
      return (
        <LoadNewcomer
          me={me}
          keys={keys}
          root={root}
          onConfirmed={async (confirmed) =>
            enterWorkspace(confirmed, {
              ...keys,
              unproven: await openCopies(keys.own, confirmed),
            })
          }
          onLock={() => setStage({ at: 'locked', me })}
          onSignOut={() => void endTheSession()}
          onLeave={() => setStage(signedOutStage(null))}
        />
      )
    }
    case 'workspace': {
      const { me, keys, drafts, lostWords } = stage
      return (
        <Workspace
          me={me}
          opened={keys}
          drafts={drafts}
          root={root}
          lostWords={lostWords}
          listed={listed}
          kept={kept}
          renewCopies={() => renewCopies(keys, drafts)}
          onLock={() => leaveWorkspace(keys, drafts, { at: 'locked', me })}
          onSignOut={() => {
            leaveWorkspace(keys, drafts, signedOutStage(null))
            void endTheSession()
          }}
          onSignedOut={(why) => leaveWorkspace(keys, drafts, signedOutStage(why))}
          onNewKeys={async (renewed, master) => {
            const fresh = await unlockKeys(renewed, master)
            // Seals the drafts to the new keys, because the old keys no longer open anything.
            leaveWorkspace(fresh, drafts, { at: 'newcomer', me: renewed, keys: fresh })
          }}
          onOwn={(changed) =>
            setStage((now) =>
              now.at === 'workspace' && now.keys === keys
                ? { ...now, me: { ...now.me, ...changed } }
                : now,
            )
          }
        />
      )
    }
  }
}
