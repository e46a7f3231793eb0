// Shows the stage of the app: starting, joining, signed out, locked, waiting for a confirmation, or
// in the workspace. Signing in opens a session. Unlocking opens the keys and is separate.
import { useEffect, useRef, useState } from 'preact/hooks'
import { type Bytes } from '#protocol/bytes'
import { Refusal } from '#protocol/errors'
import type { Arrivals } from '#protocol/staff/queue'
import { type Me } from '#protocol/staff/people'
import { postSignOut, fetchMe } from './api/session-api.ts'
import { type Drafts } from './crypto/drafts.ts'
import { openSharedKeys, unlockKeys, type UnlockedKeys } from './crypto/unlock.ts'
import { KeptPlace } from './queue/list-place.ts'
import { useLeaveWarning } from './session/navigation.ts'
import { Workspace } from './workspace/workspace.tsx'
import { Unlock } from './sign-in/unlock.tsx'
import { LoadJoin, LoadNewcomer, Loading } from './sign-in/loading.tsx'
import { SignInPage, type SessionState } from './sign-in/sign-in.tsx'
import { UnsentDrafts, type Unsent } from './session/unsent-drafts.tsx'

type Stage =
  | { at: 'starting' }
  | { at: 'failed'; why: unknown }
  | { at: 'join'; token: string }
  | { at: 'signed-out'; why: unknown; session: SessionState }
  | { at: 'locked'; me: Me }
  | { at: 'newcomer'; me: Me; keys: UnlockedKeys }
  | { at: 'workspace'; me: Me; keys: UnlockedKeys; drafts: Drafts; lostWords: boolean }

const signedOut = (why: unknown): Stage => ({ at: 'signed-out', why, session: 'ended' })

interface StaffAppProps {
  /** the root key that the page pins, 65 bytes */
  root: Bytes
  /** the token of an invitation, base64url, or null */
  invitation: string | null
}

export function StaffApp({ root, invitation }: StaffAppProps) {
  const [stage, setStage] = useState<Stage>(
    invitation ? { at: 'join', token: invitation } : { at: 'starting' },
  )
  const [words] = useState(() => new UnsentDrafts())
  const [kept] = useState(() => new KeptPlace())
  const [unsent, setUnsent] = useState<{ personId: string; are: Unsent } | null>(null)
  const [arrivals, setArrivals] = useState<Arrivals>()
  const listed = { listed: arrivals, onListed: setArrivals }
  const currentDrafts = useRef<Drafts | null>(null)
  useLeaveWarning(() => words.isHolding)

  const start = async (): Promise<void> => {
    setStage({ at: 'starting' })
    try {
      setStage({ at: 'locked', me: await fetchMe() })
    } catch (why) {
      const isOut = why instanceof Refusal && why.code === 'signed_out'
      setStage(isOut ? signedOut(null) : { at: 'failed', why })
    }
  }
  useEffect(() => {
    if (!invitation) void start()
  }, [])

  /** Opens the keys and shows the next stage. @throws Refusal `cannot_open` */
  const unlock = async (me: Me, master: Bytes): Promise<void> => {
    const keys = await unlockKeys(me, master)
    if (me.roles.length === 0) setStage({ at: 'newcomer', me, keys })
    else await enterWorkspace(me, keys)
  }
  const enterWorkspace = async (me: Me, keys: UnlockedKeys): Promise<void> => {
    const { drafts, lost } = await words.takeBack(keys)
    await kept.takeBack(keys)
    setUnsent(null)
    currentDrafts.current = drafts
    setStage({ at: 'workspace', me, keys, drafts, lostWords: lost })
  }

  /** Leaves the workspace at once, then seals the drafts and shows whether they were kept. */
  const leaveWorkspace = (keys: UnlockedKeys, drafts: Drafts, next: Stage): void => {
    // A late response for a former workspace must not end the current workspace.
    if (currentDrafts.current !== drafts) return
    currentDrafts.current = null
    const { personId } = keys
    setUnsent(null)
    setStage(next)
    void kept.keep(keys)
    void words.keep(keys, drafts).then((are) => setUnsent({ personId, are }))
  }

  /** Opens the shared keys again, and keeps everything else of the workspace. */
  const renewKeys = async (keys: UnlockedKeys, drafts: Drafts): Promise<UnlockedKeys> => {
    const me = await fetchMe()
    const renewed = { ...keys, ...(await openSharedKeys(keys, me)) }
    if (currentDrafts.current === drafts)
      setStage((now) => (now.at === 'workspace' ? { ...now, me, keys: renewed } : now))
    return renewed
  }

  const asking = useRef(false)
  /** Ends the session. The screen changes before the request, because a network may hang. */
  const endTheSession = async (): Promise<void> => {
    if (asking.current) return
    asking.current = true
    const showSession = (session: SessionState): void =>
      setStage({ at: 'signed-out', why: null, session })
    showSession('ending')
    showSession((await postSignOut()) ? 'ended' : 'open')
    asking.current = false
  }

  switch (stage.at) {
    case 'starting':
      return <Loading />
    case 'failed':
      return <Loading why={stage.why} again={start} />
    case 'join':
      return <LoadJoin token={stage.token} onJoined={unlock} onLeave={start} />
    case 'signed-out':
      return (
        <SignInPage
          why={stage.why}
          session={stage.session}
          unsent={unsent?.are ?? null}
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
          onSignedOut={(why) => setStage(signedOut(why))}
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
            enterWorkspace(confirmed, { ...keys, ...(await openSharedKeys(keys, confirmed)) })
          }
          onLock={() => setStage({ at: 'locked', me })}
          onSignOut={() => void endTheSession()}
          onLeave={() => setStage(signedOut(null))}
        />
      )
    }
    case 'workspace': {
      const { me, keys, drafts, lostWords } = stage
      return (
        <Workspace
          me={me}
          keys={keys}
          drafts={drafts}
          root={root}
          lostWords={lostWords}
          listed={listed}
          kept={kept}
          renewKeys={() => renewKeys(keys, drafts)}
          onLock={() => leaveWorkspace(keys, drafts, { at: 'locked', me })}
          onSignOut={() => {
            leaveWorkspace(keys, drafts, signedOut(null))
            void endTheSession()
          }}
          onSignedOut={(why) => leaveWorkspace(keys, drafts, signedOut(why))}
          onNewKeys={async (renewed, master) => {
            const fresh = await unlockKeys(renewed, master)
            // The new keys seal the drafts, because the old keys open nothing any more.
            leaveWorkspace(fresh, drafts, { at: 'newcomer', me: renewed, keys: fresh })
          }}
          onSlots={(slots) =>
            setStage((now) =>
              now.at === 'workspace' && now.keys === keys
                ? { ...now, me: { ...now.me, slots } }
                : now,
            )
          }
        />
      )
    }
  }
}
