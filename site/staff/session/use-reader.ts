// Provides the screens with the proven keys and the roster with which a person reads cases.
import { useMemo } from 'preact/hooks'
import type { CaseWriter } from './case-writer.ts'
import { useSessionContext } from './session-context.ts'

/**
 * Returns null until the shared keys are proven. If the ledger is broken, the roster is that of the
 * rows before the break. Cases can still be read with that roster, but it is never used for
 * sealing.
 */
export function useReader(): CaseWriter | null {
  const { keys, roster } = useSessionContext()
  return useMemo(() => (roster ? { keys, roster } : null), [keys, roster])
}
