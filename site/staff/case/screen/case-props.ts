// Declares the props of the case screen, and of each of its parts.
import type { ErrorCode } from '#protocol/errors'
import type { Growth } from '#protocol/staff/list/counts'
import type { QueueItem } from '#protocol/staff/list/queue'
import type { CaseChecks } from '../read/check-case.ts'
import type { LoadedReport } from '../read/load-report.ts'

export interface ReportViewProps {
  id: string
  /** the state of the report at the last poll */
  latest: Growth | null | undefined
  onBack: () => void
  /** shows another case */
  onOpen: (id: string) => void
  /** shows the case that is `by` lines further down the list */
  onStep: (by: 1 | -1) => void
  /** false for the last case of the list */
  hasNext: boolean
  /** true when the person asked for a case that has been merged into this one */
  isMoved: boolean
  onChanged: (item: QueueItem) => void
  /** shows the case into which this one was merged */
  onMoved: (id: string) => void
}

export interface CaseProps {
  loaded: LoadedReport
  checks: CaseChecks | null
  /** keys of messages and entries that the last load added */
  fresh: ReadonlySet<string>
  reload: () => Promise<void>
  /** receives the key of an entry that this person wrote */
  onSaved: (key: string) => void
  /** ids of the colleagues who are writing in the case now */
  writers?: readonly string[]
}

/** The refusals after which the case is loaded again, because a colleague acted first. */
export const CASE_MOVED: readonly ErrorCode[] = [
  'record_changed',
  'case_key_changed',
  'case_merged',
  'chain_moved',
]
