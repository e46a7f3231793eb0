// Where a person stands: joining, signed out, locked or at the desk. Signing in (a session) and unlocking (keys) are two things.
import { useEffect, useRef, useState } from 'preact/hooks'
import { type Bytes } from '#protocol/bytes'
import { Refusal } from '#protocol/errors'
import { type Me } from '#protocol/staff'
import { fetchMe, signOut } from './api/staff-api.ts'
import { openDrafts, sealDrafts, type Drafts } from './keys/drafts.ts'
import { unlockKeys, type UnlockedKeys } from './keys/unlock.ts'
import { Desk } from './screens/desk.tsx'
import { Locked } from './screens/locked.tsx'
import { LoadJoin } from './screens/load-join.tsx'
import { SignedOut } from './screens/signed-out.tsx'
import { Starting } from './screens/starting.tsx'

type Stage =
  | { at: 'starting' }
  | { at: 'failed'; why: unknown }
  | { at: 'join'; secret: Bytes }
  | { at: 'signed-out'; why: unknown }
  | { at: 'locked'; me: Me; hasUnsent: boolean }
  | { at: 'desk'; me: Me; keys: UnlockedKeys }

export function App({ invitation }: { invitation: Bytes | null }) {
  const [stage, setStage] = useState<Stage>(
    invitation ? { at: 'join', secret: invitation } : { at: 'starting' },
  )
  const drafts = useRef<Drafts>(new Map())
  const sealedDrafts = useRef<{ personId: string; sealed: Bytes } | null>(null)

  const start = async (): Promise<void> => {
    setStage({ at: 'starting' })
    try {
      setStage({ at: 'locked', me: await fetchMe(), hasUnsent: false })
    } catch (why) {
      const signedOut = why instanceof Refusal && why.code === 'signed_out'
      setStage(signedOut ? { at: 'signed-out', why: null } : { at: 'failed', why })
    }
  }
  useEffect(() => {
    if (!invitation) void start()
  }, [])

  /** @throws Refusal `cannot_open` */
  const unlock = async (me: Me, master: Bytes): Promise<void> => {
    const keys = await unlockKeys(me, master)
    const kept = sealedDrafts.current
    const none: Drafts = new Map()
    drafts.current =
      kept?.personId === me.id ? await openDrafts(keys.own, kept.sealed).catch(() => none) : none
    sealedDrafts.current = null
    setStage({ at: 'desk', me, keys })
  }

  /** Seals what was not sent, then leaves the desk; whatever fails, the keys go. */
  const leaveDesk = (me: Me, keys: UnlockedKeys, next: Stage): void => {
    const unsent = drafts.current
    drafts.current = new Map()
    setStage(next)
    if (unsent.size > 0)
      void sealDrafts(keys.own.publicBytes, unsent).then(
        (sealed) => (sealedDrafts.current = { personId: me.id, sealed }),
        () => undefined,
      )
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
          onSignedIn={(me) =>
            setStage({ at: 'locked', me, hasUnsent: sealedDrafts.current?.personId === me.id })
          }
          onUnlocked={unlock}
        />
      )
    case 'locked':
      return (
        <Locked
          me={stage.me}
          hasUnsent={stage.hasUnsent}
          onUnlocked={(master) => unlock(stage.me, master)}
          onSignOut={() => leave(setStage)}
        />
      )
    case 'desk': {
      const { me, keys } = stage
      return (
        <Desk
          me={me}
          keys={keys}
          drafts={drafts.current}
          onLock={() =>
            leaveDesk(me, keys, { at: 'locked', me, hasUnsent: drafts.current.size > 0 })
          }
          onSignOut={() => leave(setStage)}
          onSignedOut={(why) => leaveDesk(me, keys, { at: 'signed-out', why })}
        />
      )
    }
  }
}

// The keys are gone from memory at once, also when the server cannot be reached.
async function leave(setStage: (stage: Stage) => void): Promise<void> {
  try {
    await signOut()
    setStage({ at: 'signed-out', why: null })
  } catch (why) {
    setStage({ at: 'signed-out', why })
  }
}
