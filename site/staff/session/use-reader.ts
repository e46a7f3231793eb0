// Gives the screens the proven keys and the roster with which a person reads cases.
import { useMemo } from 'preact/hooks'
import type { CaseWriter } from './case-writer.ts'
import { useSessionContext } from './session-context.ts'

/**
 * Returns null until the shared keys are proven. If the ledger is broken, the roster is that of the
 * rows before the break. Reading continues with that roster, but nobody seals with it.
 */
export function useReader(): CaseWriter | null {
  const { keys, roster } = useSessionContext()
  return useMemo(() => (roster ? { keys, roster } : null), [keys, roster])
}
