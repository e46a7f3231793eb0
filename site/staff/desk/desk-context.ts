// What every part of the desk needs: who is here, their keys, their unsent words, and the way out when the session has ended.
import { createContext } from 'preact'
import { useContext } from 'preact/hooks'
import { Refusal } from '#protocol/errors'
import { type Me } from '#protocol/staff'
import { type Drafts } from '../keys/drafts.ts'
import { type UnlockedKeys } from '../keys/unlock.ts'
import { useAttempt, type Attempt } from '../parts/use-attempt.ts'

export interface DeskHolds {
  me: Me
  keys: UnlockedKeys
  drafts: Drafts
  onSignedOut: (why: unknown) => void
}

export const DeskContext = createContext<DeskHolds | null>(null)

export function useDesk(): DeskHolds {
  const holds = useContext(DeskContext)
  if (!holds) throw new Error('useDesk stands outside of the desk')
  return holds
}

/** An attempt that leaves the desk when the session is over, and hands other refusals to `onThrown` first. */
export function useDeskAttempt(onThrown?: (refusal: Refusal) => boolean): Attempt {
  const { onSignedOut } = useDesk()
  return useAttempt((thrown) => {
    if (!(thrown instanceof Refusal)) return false
    if (thrown.code !== 'signed_out') return onThrown?.(thrown) ?? false
    onSignedOut(thrown)
    return true
  })
}
