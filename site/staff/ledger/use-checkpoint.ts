// Signs a checkpoint in the background when the last one is too old. Of two browsers at once one
// wins, because both rows follow the same head.
import { useEffect, useRef, useState } from 'preact/hooks'
import { type Roster } from '#protocol/staff/roster-state'
import { useSessionContext } from '../session/session-context.ts'
import { usePoll } from '../ui/use-poll.ts'
import { useSeenLedger, useWholeLedger } from './ledger-context.ts'
import { holdsRole } from './read-roster.ts'
import type { CheckpointFault } from './sign-checkpoint.ts'

/** Under a day, so that the checkpoint does not move to a later hour each day. */
const MAX_AGE_MS = 20 * 3_600_000
/** A fault or a lost connection is tried again after this time. */
const RETRY_MS = 10 * 60_000

/** @returns the reason for which a due checkpoint is not signed; null without one */
export function useCheckpoint(): CheckpointFault | null {
  const { keys } = useSessionContext()
  const { verify, newest } = useSeenLedger()
  const ledger = useWholeLedger()
  const [fault, setFault] = useState<CheckpointFault | null>(null)
  const nextAt = useRef(0)
  const sign = async (roster: Roster): Promise<void> => {
    const now = Date.now()
    if (!isDue(roster, keys.personId, now)) {
      setFault(null)
      return
    }
    if (now < nextAt.current) return
    nextAt.current = now + RETRY_MS
    // Once a day is seldom, so the code is fetched when it is needed.
    const { signCheckpoint } = await import('./sign-checkpoint.ts')
    const outcome = await signCheckpoint(keys, roster)
    const isFault = outcome.is === 'cut' || outcome.is === 'withheld'
    setFault(isFault ? outcome : null)
    if (isFault) return
    if (outcome.is === 'moved') nextAt.current = 0
    await verify()
    // The longer ledger may have come before the refusal, so that no drawing follows it.
    const seen = newest()
    if (outcome.is === 'moved' && seen?.is === 'whole' && seen.roster !== roster)
      await sign(seen.roster)
  }
  const look = (): void => {
    // A lost connection is no fault of the ledger. The next try comes soon enough.
    if (ledger) void sign(ledger.roster).catch(() => undefined)
  }
  useEffect(look, [ledger])
  usePoll(look)
  return fault
}

const isDue = (roster: Roster, person: string, now: number): boolean =>
  holdsRole(roster, person, 'intake') &&
  (!roster.checkpoint || now - Date.parse(roster.checkpoint.at) > MAX_AGE_MS)
