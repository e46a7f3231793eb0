// Reads the current entries of a case and of the cases that it absorbed.
import type { CaseLog } from '#protocol/staff/case-log/state'
import type { StoredCase } from '#protocol/staff/case-log/stored-case'
import { openKeysOf, type CaseReader } from './key-hashes.ts'
import { fetchAbsorbed } from './load-report.ts'
import { readEntries } from './read-entries.ts'
import { type CaseEntries } from './tasks-of.ts'

/**
 * @param log  the signed log of the case, which lists the absorbed cases
 * @returns the case first, then the cases that it absorbed
 */
export async function readAllEntries(
  by: CaseReader,
  now: StoredCase,
  log: CaseLog,
): Promise<[CaseEntries, ...CaseEntries[]]> {
  const entriesIn = async (stored: StoredCase): Promise<CaseEntries> => {
    const entries = await readEntries(await openKeysOf(by, [stored]), stored)
    return { id: stored.item.id, entries }
  }
  const absorbed = await fetchAbsorbed(log.absorbed.keys())
  const others = await Promise.all(absorbed.map(entriesIn))
  return [await entriesIn(now), ...others]
}
