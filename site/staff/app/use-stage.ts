// Moves from one stage of the app to the next. Signing in opens a session. Unlocking opens the keys
// and is a separate step.
import { useEffect, useRef, useState, type Dispatch, type StateUpdater } from 'preact/hooks'
import { type Bytes } from '#protocol/bytes'
import { Refusal } from '#protocol/errors'
import { type Me, type OpenInvitation } from '#protocol/staff/people/people'
import { postSignOut, fetchMe } from '../api/session-api.ts'
import { type Drafts } from '../crypto/drafts.ts'
import { openCopies } from '../crypto/shared-keys.ts'
import { unlockKeys, type KeysBeforeProof } from '../crypto/unlock.ts'
import { KeptPlace } from '../list/list-place.ts'
import { useLeaveWarning } from '../session/navigation.ts'
import { UnsentDrafts, type Unsent } from '../session/unsent-drafts.tsx'
import { type SessionState } from '../sign-in/sign-in.tsx'

type Stage =
  | { at: 'starting' }
  | { at: 'failed'; why: unknown }
  | { at: 'join'; link: OpenInvitation }
  | { at: 'code' }
  | { at: 'help' }
  | { at: 'signed-out'; why: unknown; session: SessionState }
  | { at: 'locked'; me: Me }
  | { at: 'newcomer'; me: Me; keys: KeysBeforeProof }
  | { at: 'workspace'; me: Me; keys: KeysBeforeProof; drafts: Drafts; lostWords: boolean }

export const signedOutStage = (why: unknown): Stage => ({ at: 'signed-out', why, session: 'ended' })

interface Stages {
  stage: Stage
  setStage: Dispatch<StateUpdater<Stage>>
  /** whether the drafts were kept or lost when the person left the workspace */
  unsent: { personId: string; are: Unsent } | null
  kept: KeptPlace
  start: () => Promise<void>
  /** Opens the keys and shows the next stage. @throws Refusal `cannot_open` */
  unlock: (me: Me, master: Bytes) => Promise<void>
  enterWorkspace: (me: Me, keys: KeysBeforeProof) => Promise<void>
  /** Leaves the workspace immediately, then seals the drafts and shows whether they were kept. */
  leaveWorkspace: (keys: KeysBeforeProof, drafts: Drafts, next: Stage) => void
  /** Opens the copies of the shared keys again, and leaves the rest of the workspace unchanged. */
  renewCopies: (keys: KeysBeforeProof, drafts: Drafts) => Promise<KeysBeforeProof>
  /**
   * Ends the session. The screen changes before the request is sent, because a network may hang.
   */
  endTheSession: () => Promise<void>
}

/** @param invitation  the invitation in the address, or null */
export function useStage(invitation: OpenInvitation | null): Stages {
  const [stage, setStage] = useState<Stage>(
    invitation ? { at: 'join', link: invitation } : { at: 'starting' },
  )
  const [words] = useState(() => new UnsentDrafts())
  const [kept] = useState(() => new KeptPlace())
  const [unsent, setUnsent] = useState<{ personId: string; are: Unsent } | null>(null)
  const currentDrafts = useRef<Drafts | null>(null)
  useLeaveWarning(() => words.isHolding)

  const start = async (): Promise<void> => {
    setStage({ at: 'starting' })
    try {
      setStage({ at: 'locked', me: await fetchMe() })
    } catch (why) {
      const isOut = why instanceof Refusal && why.code === 'signed_out'
      setStage(isOut ? signedOutStage(null) : { at: 'failed', why })
    }
  }
  useEffect(() => {
    if (!invitation) void start()
  }, [])

  const unlock: Stages['unlock'] = async (me, master) => {
    const keys = await unlockKeys(me, master)
    if (me.roles.length === 0) setStage({ at: 'newcomer', me, keys })
    else await enterWorkspace(me, keys)
  }
  const enterWorkspace = async (me: Me, keys: KeysBeforeProof): Promise<void> => {
    const { drafts, lost } = await words.takeBack(keys)
    await kept.takeBack(keys)
    setUnsent(null)
    currentDrafts.current = drafts
    setStage({ at: 'workspace', me, keys, drafts, lostWords: lost })
  }

  const leaveWorkspace = (keys: KeysBeforeProof, drafts: Drafts, next: Stage): void => {
    // A late response to a request from an earlier workspace must not end the current one.
    if (currentDrafts.current !== drafts) return
    currentDrafts.current = null
    const { personId } = keys
    setUnsent(null)
    setStage(next)
    void kept.keep(keys)
    void words.keep(keys, drafts).then((are) => setUnsent({ personId, are }))
  }

  const renewCopies = async (keys: KeysBeforeProof, drafts: Drafts): Promise<KeysBeforeProof> => {
    const me = await fetchMe()
    const renewed = { ...keys, unproven: await openCopies(keys.own, me) }
    if (currentDrafts.current === drafts)
      setStage((now) => (now.at === 'workspace' ? { ...now, me, keys: renewed } : now))
    return renewed
  }

  const asking = useRef(false)
  const endTheSession = async (): Promise<void> => {
    if (asking.current) return
    asking.current = true
    const showSession = (session: SessionState): void =>
      setStage({ at: 'signed-out', why: null, session })
    showSession('ending')
    showSession((await postSignOut()) ? 'ended' : 'open')
    asking.current = false
  }

  return {
    ...{ stage, setStage, unsent, kept },
    ...{ start, unlock, enterWorkspace, leaveWorkspace, renewCopies, endTheSession },
  }
}
