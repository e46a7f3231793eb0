// Declares what every part of the case screen gets, and gives the person who writes.
import { Refusal, type ErrorCode } from '#protocol/errors'
import type { LoadedReport } from '../report/load-report.ts'
import { useSessionContext } from '../session/session-context.ts'
import type { CaseWriter } from './case-writer.ts'
import type { CaseChecks } from './check-case.ts'

export interface CaseProps {
  loaded: LoadedReport
  checks: CaseChecks | null
  /** keys of messages and entries that the last load brought */
  fresh: ReadonlySet<string>
  reload: () => Promise<void>
  /** gets the key of an entry that this person wrote */
  onSaved: (key: string) => void
}

/** The refusals after which the case is loaded again, because a colleague was faster. */
export const CASE_MOVED: readonly ErrorCode[] = [
  'record_changed',
  'case_key_changed',
  'case_merged',
  'chain_moved',
]

/** Returns the writer. @throws Refusal `ledger_broken` while the ledger is not whole */
export function useCaseWriter(): () => CaseWriter {
  const { newest } = useSessionContext()
  return () => {
    const { keys, ledger } = newest()
    if (ledger?.is !== 'whole') throw new Refusal('ledger_broken')
    return { keys, roster: ledger.roster }
  }
}

/**
 * Returns the person who replies and sets a status, which goes on while the ledger is not whole.
 * Nothing is sealed to colleagues then. @throws Refusal `ledger_broken` before the first verdict
 */
export function useReplier(): () => CaseWriter {
  const { newest } = useSessionContext()
  return () => {
    const { keys, ledger } = newest()
    if (!ledger) throw new Refusal('ledger_broken')
    return { keys, roster: ledger.roster }
  }
}
