// Reads what staff keep in a case: entries and records. Says whether the case is in danger.
import { DangerChange, LettersTake } from '#protocol/staff/case-changes'
import { type OpenedReport } from '#protocol/staff/cases'
import { type OpenCaseKeys } from '../crypto/case-key.ts'
import { readEntries, type LoadedEntry } from '../report/notes/read-entries.ts'
import { readCaseRows } from './read-case-rows.ts'
import { readCaseRecords, type LoadedRecord } from './records/read-records.ts'

export interface CaseParts {
  entries: LoadedEntry[]
  records: LoadedRecord[]
}

export async function readCase(caseKeys: OpenCaseKeys, opened: OpenedReport): Promise<CaseParts> {
  const [entries, records] = await Promise.all([
    readEntries(caseKeys, opened),
    readCaseRecords(caseKeys, opened),
  ])
  return { entries, records }
}

/** A letter that opened, with its header; null for one that did not. */
type LetterHeader = { id: string; header: { danger: boolean } } | null

/**
 * Returns true while the list says danger, or a letter that came after a colleague lifted it. A
 * server can hide the danger of a letter from the list only.
 */
export function isInDanger(
  { item, log }: Pick<OpenedReport, 'item' | 'log'>,
  letters: readonly LetterHeader[],
): boolean {
  if (item.danger) return true
  const known = lettersBeforeLifting(log)
  return letters.some((each) => each?.header.danger === true && !known.has(each.id))
}

/** Returns the letters that were in the case when somebody last lifted the danger. */
function lettersBeforeLifting(log: OpenedReport['log']): ReadonlySet<string> {
  const taken: string[] = []
  let known: readonly string[] = []
  for (const { action, change } of readCaseRows(log)) {
    const letters = action === 'letters.take' ? LettersTake.safeParse(change) : null
    const set = action === 'danger.set' ? DangerChange.safeParse(change) : null
    if (letters?.success) taken.push(...letters.data.letters.map(({ id }) => id))
    if (set?.success) known = set.data.danger ? [] : [...taken]
  }
  return new Set(known)
}
