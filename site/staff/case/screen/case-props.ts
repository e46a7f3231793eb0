// Declares the props that every part of the case screen receives.
import type { ErrorCode } from '#protocol/errors'
import type { CaseChecks } from '../read/check-case.ts'
import type { LoadedReport } from '../read/load-report.ts'

export interface CaseProps {
  loaded: LoadedReport
  checks: CaseChecks | null
  /** keys of messages and entries that the last load added */
  fresh: ReadonlySet<string>
  reload: () => Promise<void>
  /** receives the key of an entry that this person wrote */
  onSaved: (key: string) => void
}

/** The refusals after which the case is loaded again, because a colleague was faster. */
export const CASE_MOVED: readonly ErrorCode[] = [
  'record_changed',
  'case_key_changed',
  'case_merged',
  'chain_moved',
]
