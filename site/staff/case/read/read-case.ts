// Reads what staff store in a case: entries and records. Also decides whether the case is in
// danger.
import { CaseAbsorb, DangerChange, LettersTake } from '#protocol/staff/case-log/changes'
import type { StoredCase } from '#protocol/staff/case-log/stored-case'
import { type OpenCaseKeys } from '../../crypto/case-key.ts'
import { readCaseRows } from './read-case-rows.ts'
import { readEntries, type LoadedEntry } from './read-entries.ts'
import { readCaseRecords, type LoadedRecord } from './read-records.ts'

export interface CaseParts {
  entries: LoadedEntry[]
  records: LoadedRecord[]
}

export async function readCase(caseKeys: OpenCaseKeys, stored: StoredCase): Promise<CaseParts> {
  const [entries, records] = await Promise.all([
    readEntries(caseKeys, stored),
    readCaseRecords(caseKeys, stored),
  ])
  return { entries, records }
}

/** A letter that opened, with its header; null for a letter that did not open. */
type LetterHeader = { id: string; header: { danger: boolean } } | null

/**
 * Returns true while the list reports danger, or if a letter reports danger again after a colleague
 * has lifted it. A server can hide a letter's danger in the list, but not in the letter itself.
 *
 * @param absorbed  the reports of the cases that the case absorbed
 */
export function isInDanger(
  { item, log }: Pick<StoredCase, 'item' | 'log'>,
  letters: readonly LetterHeader[],
  absorbed: readonly StoredCase[],
): boolean {
  if (item.danger) return true
  const dangerous = letters.filter((each) => each?.header.danger === true)
  // The search index opens thousands of cases, and reading every log would take too long.
  if (dangerous.length === 0) return false
  const takenIn = new Map(absorbed.map((each) => [each.item.id, lettersTaken(each.log)]))
  const known = lettersBeforeLifting(log, takenIn)
  return dangerous.some((each) => each !== null && !known.has(each.id))
}

const lettersTaken = (log: StoredCase['log']): string[] =>
  readCaseRows(log).flatMap(({ action, change }) =>
    action === 'letters.take' ? takenBy(change) : [],
  )

const takenBy = (change: unknown): string[] =>
  LettersTake.safeParse(change).data?.letters.map(({ id }) => id) ?? []

/** Returns the letters that were in the case when the danger was last lifted. */
function lettersBeforeLifting(
  log: StoredCase['log'],
  takenIn: ReadonlyMap<string, string[]>,
): ReadonlySet<string> {
  const taken: string[] = []
  let known: readonly string[] = []
  for (const { action, change } of readCaseRows(log)) {
    if (action === 'letters.take') taken.push(...takenBy(change))
    const joined = action === 'case.absorb' ? CaseAbsorb.safeParse(change).data : undefined
    for (const each of joined ? [joined.from, ...joined.also] : [])
      taken.push(...(takenIn.get(each) ?? []))
    const set = action === 'danger.set' ? DangerChange.safeParse(change).data : undefined
    if (set) known = set.danger ? [] : [...taken]
  }
  return new Set(known)
}
