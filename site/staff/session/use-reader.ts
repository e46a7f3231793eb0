// Gives the screens the keys and the roster with which a person reads cases.
import { useMemo } from 'preact/hooks'
import { type CaseWriter } from '../case/case-writer.ts'
import { useSeenLedger } from '../ledger/ledger-context.ts'
import { useSessionContext } from './session-context.ts'

/**
 * Returns null before the first verdict about the ledger. With a broken ledger the roster is that
 * of the rows before the break. Reading goes on with it, and nobody seals by it.
 */
export function useReader(): CaseWriter | null {
  const { keys } = useSessionContext()
  const roster = useSeenLedger().ledger?.roster
  return useMemo(() => (roster ? { keys, roster } : null), [keys, roster])
}
