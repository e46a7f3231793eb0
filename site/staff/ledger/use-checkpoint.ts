// Compares all cases in the background once a day, and signs a checkpoint when the last one is too
// old. Of two browsers that sign at once one wins, because both rows follow the same head.
import { useEffect, useRef, useState } from 'preact/hooks'
import type { Roster } from '#protocol/staff/roster-state'
import { useSessionContext } from '../session/session-context.ts'
import { usePoll } from '../ui/use-poll.ts'
import { useSeenLedger, useWholeLedger } from './ledger-context.ts'
import { holdsRole } from './read-roster.ts'
import type { CheckpointFault } from './compare-cases.ts'
import { lastCompared, noteCompared } from './remembered-head.ts'

/** Under a day, so that the checkpoint does not move to a later hour each day. */
const MAX_AGE_MS = 20 * 3_600_000
/** A fault or a lost connection is tried again after this time. */
const RETRY_MS = 10 * 60_000
/** Comparisons after which a server that never shows the newer rows withholds them. */
const STUCK = 3

interface DailyCheckpoint {
  /** the reason for which a due checkpoint is not signed; null without one */
  fault: CheckpointFault | null
  /** goes on after the person has seen which cases a restart cut */
  accept: (cases: readonly string[]) => void
}

export function useCheckpoint(): DailyCheckpoint {
  const { keys } = useSessionContext()
  const { verify, newest } = useSeenLedger()
  const ledger = useWholeLedger()
  const [fault, setFault] = useState<CheckpointFault | null>(null)
  const nextAt = useRef(0)
  const isRunning = useRef(false)
  const stuck = useRef(0)
  const compare = async (roster: Roster): Promise<void> => {
    const now = Date.now()
    const isToSign = isOld(Date.parse(roster.checkpoint?.at ?? ''), now)
    if (!holdsRole(roster, keys.personId, 'intake')) return
    if ((!isToSign && !isOld(lastCompared('cases', roster).at, now)) || now < nextAt.current) return
    nextAt.current = now + RETRY_MS
    // Once a day is seldom, so the code is fetched when it is needed.
    const { compareCases, signCheckpoint } = await import('./daily-checkpoint.ts')
    const outcome = isToSign
      ? await signCheckpoint(keys, roster)
      : await compareCases(roster, false)
    if (outcome.is === 'moved') nextAt.current = 0
    const isFine = outcome.is === 'signed' || outcome.is === 'held'
    if (isFine) noteCompared('cases', roster, now)
    if (outcome.is === 'signed' || outcome.is === 'moved') await verify()
    if (outcome.is !== 'moved') {
      stuck.current = 0
      setFault(isFine ? null : outcome)
      return
    }
    // The longer ledger may have come before the refusal, so that no drawing follows it.
    const seen = newest()
    if (seen?.is !== 'whole') return
    if (seen.roster !== roster) await compare(seen.roster)
    // Nothing new came, although somebody has signed by newer rows. A network may fail too.
    else if ((stuck.current += 1) >= STUCK) setFault({ is: 'withheld' })
  }
  const look = (): void => {
    if (!ledger || isRunning.current) return
    isRunning.current = true
    // A lost connection is no fault of the ledger. The next try comes soon enough.
    void compare(ledger.roster)
      .catch(() => undefined)
      .finally(() => (isRunning.current = false))
  }
  useEffect(look, [ledger])
  usePoll(look)
  const accept = (cases: readonly string[]): void => {
    if (!ledger) return
    void import('./daily-checkpoint.ts').then(({ forgetSigned }) => {
      forgetSigned(ledger.roster, cases)
      nextAt.current = 0
      setFault(null)
      look()
    })
  }
  return { fault, accept }
}

/** @param at  ms since 1970; NaN for never */
const isOld = (at: number, now: number): boolean => !(now - at <= MAX_AGE_MS)
