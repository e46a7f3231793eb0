// Gives every part of the workspace the person, the keys, the drafts and `onSignedOut`. That
// function leaves the workspace when the session has ended.
import { createContext } from 'preact'
import { useContext } from 'preact/hooks'
import { type Bytes } from '#protocol/bytes'
import { Refusal } from '#protocol/errors'
import { type Me } from '#protocol/staff/people'
import { type Drafts } from '../crypto/drafts.ts'
import { type UnlockedKeys } from '../crypto/unlock.ts'
import { useAttempt, type Attempt } from '../ui/use-attempt.ts'

export interface SessionValues {
  me: Me
  keys: UnlockedKeys
  drafts: Drafts
  /** fetches and opens the shared keys again, because the roster names newer ones */
  renewKeys: () => Promise<UnlockedKeys>
  onSignedOut: (why: unknown) => void
  /** the person has changed own slots, so that the next unlocking offers the new ones */
  onSlots: (slots: Me['slots']) => void
  /** the person has new keys and waits again; `master` opens the keys */
  onNewKeys: (me: Me, master: Bytes) => Promise<void>
}

export const SessionContext = createContext<SessionValues | null>(null)

export function useSessionContext(): SessionValues {
  const holds = useContext(SessionContext)
  if (!holds) throw new Error('useSessionContext is used outside of the workspace')
  return holds
}

/** Signs out when an attempt finds the session over. `onThrown` gets every other refusal. */
export function useSessionAttempt(onThrown?: (refusal: Refusal) => boolean): Attempt {
  const { onSignedOut } = useSessionContext()
  return useAttempt((thrown) => {
    if (!(thrown instanceof Refusal)) return false
    if (thrown.code !== 'signed_out') return onThrown?.(thrown) ?? false
    onSignedOut(thrown)
    return true
  })
}
