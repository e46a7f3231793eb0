// Provides every part of the workspace with the ledger that this browser has verified.
import { createContext } from 'preact'
import { useContext } from 'preact/hooks'
import { type SeenLedger } from './use-ledger.ts'
import { type WholeLedger } from './verify-ledger.ts'

export const LedgerContext = createContext<SeenLedger | null>(null)

export function useSeenLedger(): SeenLedger {
  const seen = useContext(LedgerContext)
  if (!seen) throw new Error('useSeenLedger is used outside of the workspace')
  return seen
}

/**
 * Returns the ledger only while it is valid; otherwise null. Inviting, confirming and discarding
 * require a valid ledger.
 */
export function useWholeLedger(): WholeLedger | null {
  const { ledger } = useSeenLedger()
  return ledger?.is === 'whole' ? ledger : null
}
