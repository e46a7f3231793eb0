// Checks whether letters under older keys are still on their way after a departure. Stops once no
// older key is in use and the count is zero, until the roster changes.
import { useEffect, useRef, useState } from 'preact/hooks'
import { type Roster } from '#protocol/staff/ledger/roster-state'
import { useSessionContext } from '../session/session-context.ts'
import { usePoll } from '../ui/use-poll.ts'
import type { AwaitedLetters, countAwaited } from './count-awaited.ts'
import { epochsBefore, isDepartureOpen } from './state.ts'

const NONE_AWAITED: AwaitedLetters = { untaken: 0, waiting: 0 }

/** Fetches the code for opening letters only when it is needed, because departures are rare. */
const count = async (...about: Parameters<typeof countAwaited>): Promise<AwaitedLetters> =>
  (await import('./count-awaited.ts')).countAwaited(...about)

export interface Awaiting {
  letters: AwaitedLetters
  /** true while a letter is on its way or can be taken */
  isAwaiting: boolean
  /** checks immediately */
  ask: () => void
}

/**
 * @param roster  null while the ledger is not valid
 * @param isReader  false for a person who is not a reader and so does not count letters
 */
export function useAwaited(roster: Roster | null, isReader: boolean): Awaiting {
  const { keys } = useSessionContext()
  const [letters, setLetters] = useState(NONE_AWAITED)
  const answered = useRef<Roster | null>(null)
  const isOpen = roster !== null && isDepartureOpen(roster)
  const isAwaiting = letters.untaken + letters.waiting > 0
  const ask = async (): Promise<void> => {
    if (!roster || !isReader) return
    try {
      const epochs = epochsBefore(roster)
      setLetters(epochs.length === 0 ? NONE_AWAITED : await count({ keys, roster }, epochs))
      answered.current = roster
    } catch {
      // A failed request is repeated at the next poll, because the network may be down only
      // briefly.
    }
  }
  useEffect(() => void ask(), [roster])
  usePoll(() => {
    if (isOpen || isAwaiting || answered.current !== roster) void ask()
  })
  return { letters, isAwaiting, ask: () => void ask() }
}
