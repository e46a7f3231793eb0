// Compares all cases in the background once a day; see DailyComparison.
import { useEffect, useRef, useState } from 'preact/hooks'
import type { CheckpointFault } from '../ledger/compare-cases.ts'
import { DailyComparison } from '../ledger/daily-comparison.ts'
import { useSeenLedger, useWholeLedger } from '../ledger/ledger-context.ts'
import { useSessionContext } from '../session/session-context.ts'
import { usePoll } from '../ui/use-poll.ts'

interface DailyCheckpoint {
  /** the reason why a due checkpoint is not signed, or null */
  fault: CheckpointFault | null
  /** continues after the person has seen which cases lost rows in a restart of the ledger */
  accept: (cases: readonly string[]) => void
}

export function useCheckpoint(): DailyCheckpoint {
  const { keys } = useSessionContext()
  const { verify, newest } = useSeenLedger()
  const ledger = useWholeLedger()
  const [fault, onFault] = useState<CheckpointFault | null>(null)
  const known = useRef<DailyComparison | null>(null)
  // The ledger's functions are new on every render, but always do the same thing.
  const comparison = (known.current ??= new DailyComparison({ keys, verify, newest, onFault }))
  const look = (): void => {
    if (ledger) void comparison.look(ledger.roster)
  }
  useEffect(look, [ledger])
  useEffect(() => () => comparison.stop(), [])
  usePoll(look)
  const accept = (cases: readonly string[]): void => {
    if (!ledger) return
    void import('../ledger/daily-checkpoint.ts').then(({ forgetSigned }) => {
      forgetSigned(ledger.roster, cases)
      return comparison.lookAgain(ledger.roster)
    })
  }
  return { fault, accept }
}
