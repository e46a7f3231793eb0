// Gives the screens the proven keys and the roster with which a person reads cases.
import { useMemo } from 'preact/hooks'
import type { CaseWriter } from './case-writer.ts'
import { useSessionContext } from './session-context.ts'

/**
 * Returns null before the shared keys are proven. With a broken ledger the roster is that of the
 * rows before the break. Reading goes on with it, and nobody seals by it.
 */
export function useReader(): CaseWriter | null {
  const { keys, roster } = useSessionContext()
  return useMemo(() => (roster ? { keys, roster } : null), [keys, roster])
}
