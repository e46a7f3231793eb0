// Where a person stands: joining, signed out, locked or at the desk. Signing in (a session) and unlocking (keys) are two things.
import { useEffect, useRef, useState } from 'preact/hooks'
import { type Bytes } from '#protocol/bytes'
import { Refusal } from '#protocol/errors'
import { type Me } from '#protocol/staff'
import { endSession, fetchMe } from './api/staff-api.ts'
import { type Drafts } from './keys/drafts.ts'
import { unlockKeys, type UnlockedKeys } from './keys/unlock.ts'
import { useLeaveWarning } from './parts/use-leave-warning.ts'
import { Desk } from './screens/desk.tsx'
import { Locked } from './screens/locked.tsx'
import { LoadJoin } from './screens/load-join.tsx'
import { SignedOut, type Session } from './screens/signed-out.tsx'
import { Starting } from './screens/starting.tsx'
import { UnsentWords, type Unsent } from './unsent-words.ts'

type Stage =
  | { at: 'starting' }
  | { at: 'failed'; why: unknown }
  | { at: 'join'; secret: Bytes }
  | { at: 'signed-out'; why: unknown; session: Session }
  | { at: 'locked'; me: Me }
  | { at: 'desk'; me: Me; keys: UnlockedKeys; drafts: Drafts; lostWords: boolean }

const signedOut = (why: unknown): Stage => ({ at: 'signed-out', why, session: 'ended' })

export function App({ invitation }: { invitation: Bytes | null }) {
  const [stage, setStage] = useState<Stage>(
    invitation ? { at: 'join', secret: invitation } : { at: 'starting' },
  )
  const [words] = useState(() => new UnsentWords())
  const [unsent, setUnsent] = useState<{ personId: string; are: Unsent } | null>(null)
  const atDesk = useRef<UnlockedKeys | null>(null)
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

  /** @throws Refusal `cannot_open` */
  const unlock = async (me: Me, master: Bytes): Promise<void> => {
    const keys = await unlockKeys(me, master)
    const { drafts, lost } = await words.takeBack(keys)
    setUnsent(null)
    atDesk.current = keys
    setStage({ at: 'desk', me, keys, drafts, lostWords: lost })
  }

  /** Leaves the desk at once, whatever fails; what was not sent is sealed, and then said to be kept or lost. */
  const leaveDesk = (keys: UnlockedKeys, drafts: Drafts, next: Stage): void => {
    // An answer that comes late, from a desk that was left before, must not end this one.
    if (atDesk.current !== keys) return
    atDesk.current = null
    const { personId } = keys
    setUnsent(null)
    setStage(next)
    void words.keep(keys, drafts).then((are) => setUnsent({ personId, are }))
  }

  const asking = useRef(false)
  /** The screen is there before the request: a network that hangs must not hold anybody at the desk. */
  const endTheSession = async (): Promise<void> => {
    if (asking.current) return
    asking.current = true
    const say = (session: Session): void => setStage({ at: 'signed-out', why: null, session })
    say('ending')
    say((await endSession()) ? 'ended' : 'open')
    asking.current = false
  }

  switch (stage.at) {
    case 'starting':
      return <Starting />
    case 'failed':
      return <Starting why={stage.why} again={start} />
    case 'join':
      return <LoadJoin secret={stage.secret} onJoined={unlock} onLeave={start} />
    case 'signed-out':
      return (
        <SignedOut
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
        <Locked
          me={me}
          unsent={unsent?.personId === me.id ? unsent.are : null}
          onUnlocked={(master) => unlock(me, master)}
          onSignOut={() => void endTheSession()}
        />
      )
    }
    case 'desk': {
      const { me, keys, drafts, lostWords } = stage
      return (
        <Desk
          me={me}
          keys={keys}
          drafts={drafts}
          lostWords={lostWords}
          onLock={() => leaveDesk(keys, drafts, { at: 'locked', me })}
          onSignOut={() => {
            leaveDesk(keys, drafts, signedOut(null))
            void endTheSession()
          }}
          onSignedOut={(why) => leaveDesk(keys, drafts, signedOut(why))}
        />
      )
    }
  }
}
