// Provides every part of the workspace with the person, the keys, the drafts and `onSignedOut`.
// That function leaves the workspace when the session has ended.
import { createContext } from 'preact'
import { useContext } from 'preact/hooks'
import type { Bytes } from '#protocol/bytes'
import { isRefusalOf, Refusal } from '#protocol/errors'
import type { Me } from '#protocol/staff/people/people'
import type { Roster } from '#protocol/staff/ledger/roster-state'
import type { Drafts } from '../crypto/drafts.ts'
import type { WaitingCopies } from '../crypto/shared-keys.ts'
import type { UnlockedKeys } from '../crypto/unlock.ts'
import type { VerifiedLedger } from '../ledger/verify-ledger.ts'
import { useAttempt, type Attempt } from '../ui/use-attempt.ts'
import type { CaseWriter } from './case-writer.ts'

/** The part of a session that a newcomer also has. */
export interface SignedIn {
  me: Me
  onSignedOut: (why: unknown) => void
}

export interface SessionValues extends SignedIn {
  keys: UnlockedKeys
  /**
   * The roster that proved the shared keys; for a broken ledger, the roster of the rows before the
   * break. null until the first verdict on the ledger; until then `keys` contains no shared keys.
   */
  roster: Roster | null
  /** returns the keys and the verdict of the last proof, even before the next render */
  newest: () => { keys: UnlockedKeys; ledger: VerifiedLedger | null }
  /** copies that this roster does not list */
  waiting: WaitingCopies
  drafts: Drafts
  /** fetches the shared keys and the ledger again, and proves the keys */
  renewKeys: () => Promise<CaseWriter>
  /**
   * Verifies the ledger again, and returns its roster with the keys that it proves. An action that
   * starts immediately after unlocking waits here.
   *
   * @throws Refusal `ledger_broken` unless the ledger is valid
   */
  nextWriter: () => Promise<CaseWriter>
  /** called when the person has a new name or new slots, which the next unlock uses */
  onOwn: (changed: Partial<Pick<Me, 'name' | 'slots'>>) => void
  /** called when the person has new keys and must wait again; `master` opens the keys */
  onNewKeys: (me: Me, master: Bytes) => Promise<void>
}

export const SessionContext = createContext<SessionValues | null>(null)
/** Provides the session of a newcomer, who has no workspace. */
export const NewcomerContext = createContext<SignedIn | null>(null)

export function useSessionContext(): SessionValues {
  const holds = useContext(SessionContext)
  if (!holds) throw new Error('useSessionContext is used outside of the workspace')
  return holds
}

export function useSignedIn(): SignedIn {
  const session = useContext(SessionContext)
  const holds = useContext(NewcomerContext) ?? session
  if (!holds) throw new Error('useSignedIn is used outside of a session')
  return holds
}

/**
 * Signs out when an attempt finds that the session has ended. Repeats an attempt once with the
 * newest ledger when a colleague has signed under a newer one. `onThrown` receives every other
 * refusal.
 */
export function useSessionAttempt(onThrown?: (refusal: Refusal) => boolean): Attempt {
  const { onSignedOut } = useSignedIn()
  const session = useContext(SessionContext)
  const attempt = useAttempt((thrown) => {
    if (!(thrown instanceof Refusal)) return false
    if (thrown.code !== 'signed_out') return onThrown?.(thrown) ?? false
    onSignedOut(thrown)
    return true
  })
  const run: Attempt['run'] = (work) => attempt.run(() => byNewestLedger(work, session))
  return { ...attempt, run }
}

async function byNewestLedger(
  work: () => Promise<void>,
  session: Pick<SessionValues, 'nextWriter'> | null,
): Promise<void> {
  try {
    await work()
  } catch (thrown) {
    if (!session || !isRefusalOf(thrown, 'ledger_behind')) throw thrown
    await session.nextWriter()
    await work()
  }
}
