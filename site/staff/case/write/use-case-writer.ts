// Provides the keys and the roster of the person who writes in a case.
import { Refusal } from '#protocol/errors'
import type { CaseWriter } from '../../session/case-writer.ts'
import { useSessionContext } from '../../session/session-context.ts'

/** Returns the person who writes. @throws Refusal `ledger_broken` while the ledger is not valid */
export function useCaseWriter(): () => CaseWriter {
  const { newest } = useSessionContext()
  return () => {
    const { keys, ledger } = newest()
    if (ledger?.is !== 'whole') throw new Refusal('ledger_broken')
    return { keys, roster: ledger.roster }
  }
}

/**
 * Returns the keys and roster with which a person can reply and set a status, even without a valid
 * ledger. In that state, nothing is sealed to colleagues.
 *
 * @throws Refusal `ledger_broken` before the first verdict
 */
export function useReplier(): () => CaseWriter {
  const { newest } = useSessionContext()
  return () => {
    const { keys, ledger } = newest()
    if (!ledger) throw new Refusal('ledger_broken')
    return { keys, roster: ledger.roster }
  }
}
