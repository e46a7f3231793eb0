// Finds the handovers of a case and of the cases that it absorbed, and who has read them. An entry
// never changes, so each colleague who has read a handover adds an entry of their own.
import { type EntryOf } from '../../crypto/case-entry.ts'
import { type CaseEntries } from './tasks-of.ts'

export interface Handover {
  /** id of the case whose log contains the handover: this case, or an absorbed one */
  caseId: string
  /** number of the row that records the entry */
  n: number
  /** id of the colleague who handed the case over */
  from: string
  /** id of the colleague for whom the handover is meant; null for a handover to every reader */
  to: string | null
  /** UTC minute */
  at: string
  /** ids of the colleagues who signed that they have read the handover */
  readBy: readonly string[]
}

export interface HandoverWords extends Handover {
  text: string
}

/** The rows of the handovers that one entry marks as read. */
type ReadRows = EntryOf<'handover_read'>['of']

/**
 * Lists the handovers of a case, oldest first.
 *
 * @param parts  the case first, then the cases that it absorbed
 */
export function handoversOf(parts: readonly CaseEntries[]): HandoverWords[] {
  const readings = parts.flatMap(({ entries }) =>
    entries.flatMap(({ author, entry }): { author: string; of: ReadRows }[] =>
      entry?.kind === 'handover_read' ? [{ author, of: entry.of }] : [],
    ),
  )
  const readersOf = (caseId: string, n: number, from: string): string[] => [
    ...new Set(
      readings
        .filter(({ author, of }) => author !== from && of.some(isRow(caseId, n)))
        .map(({ author }) => author),
    ),
  ]
  return parts
    .flatMap(({ id: caseId, entries }) =>
      entries.flatMap(({ n, author: from, entry }): HandoverWords[] => {
        if (entry?.kind !== 'handover') return []
        const { to, at, text } = entry
        return [{ caseId, n, from, to, at, text, readBy: readersOf(caseId, n, from) }]
      }),
    )
    .sort((a, b) => a.at.localeCompare(b.at) || a.n - b.n)
}

const isRow =
  (caseId: string, n: number) =>
  (row: ReadRows[number]): boolean =>
    row.caseId === caseId && row.n === n
