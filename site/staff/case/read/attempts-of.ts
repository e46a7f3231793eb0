// Finds the attempts to reach a person among the entries of a case and of absorbed cases.
import { type EntryOf } from '../../crypto/case-entry.ts'
import { type CaseEntries } from './tasks-of.ts'

export interface ReachAttempt {
  key: string
  /** id of the case whose log contains the attempt */
  caseId: string
  /** number of the row that records the entry */
  n: number
  author: string
  attempt: EntryOf<'attempt'>
}

/** Lists the attempts, newest first. */
export const attemptsOf = (parts: readonly CaseEntries[]): ReachAttempt[] =>
  parts
    .flatMap(({ id: caseId, entries }) =>
      entries.flatMap(({ key, n, author, entry }): ReachAttempt[] =>
        entry?.kind === 'attempt' ? [{ key, caseId, n, author, attempt: entry }] : [],
      ),
    )
    .sort((a, b) => b.attempt.triedAt.localeCompare(a.attempt.triedAt) || b.n - a.n)
