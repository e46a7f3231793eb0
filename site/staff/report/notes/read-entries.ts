// Opens the entries of a case. The row of the log names the author and the key of each entry.
import { Refusal } from '#protocol/errors'
import { EntryAdd } from '#protocol/staff/case-changes'
import { type OpenedReport } from '#protocol/staff/cases'
import { Statement } from '#protocol/staff/chain'
import { openEntry, type Note } from '../../crypto/case-entry.ts'
import { nameOf, type OpenCaseKeys } from '../../crypto/case-key.ts'

export interface LoadedEntry {
  /** number of the row of the log */
  n: number
  /** id of the person who signed; empty when no row names the entry */
  author: string
  /** null for an entry that cannot be opened */
  note: Note | null
}

/** Returns the key of an entry in the view. */
export const entryKey = (n: number): string => `entry-${n}`

export const readEntries = (
  caseKeys: OpenCaseKeys,
  { item, log, entries }: OpenedReport,
): Promise<LoadedEntry[]> =>
  Promise.all(
    entries.map(async ({ n, sealed }) => {
      const { author, keyNo } = namedBy(log[n - 1])
      const key = caseKeys.get(nameOf({ caseId: item.id, keyNo }))
      return { n, author, note: key ? await noteOrNull(key, author, sealed) : null }
    }),
  )

/** Reads a row that nobody has verified yet. A row that is none names nobody. */
function namedBy(row: OpenedReport['log'][number] | undefined): { author: string; keyNo: number } {
  try {
    const { actor } = Statement.parse(JSON.parse(row?.statement ?? ''))
    return { author: actor, keyNo: EntryAdd.parse(JSON.parse(row?.change ?? '')).keyNo }
  } catch {
    return { author: '', keyNo: 0 }
  }
}

async function noteOrNull(...sealed: Parameters<typeof openEntry>): Promise<Note | null> {
  try {
    return await openEntry(...sealed)
  } catch (cause) {
    if (cause instanceof Refusal) return null
    throw cause
  }
}
