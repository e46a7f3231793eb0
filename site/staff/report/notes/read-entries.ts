// Opens the entries of a case. The row of the log names the author and the key of each entry.
import * as z from 'zod/mini'
import { Refusal } from '#protocol/errors'
import { caseKeyName } from '#protocol/staff/case-bodies'
import type { OpenedReport } from '#protocol/staff/opened-report'
import { Statement } from '#protocol/staff/chain'
import { openEntry, type Entry } from '../../crypto/case-entry.ts'
import { type OpenCaseKeys } from '../../crypto/case-key.ts'

export interface LoadedEntry {
  /** names the entry in the view; see entryKey */
  key: string
  /** number of the row of the log */
  n: number
  /** id of the person who signed; empty when no row names the entry */
  author: string
  /** null for an entry that cannot be opened */
  entry: Entry | null
}

/** Names an entry by its random nonce, which its author knows before the edge numbers the row. */
export const entryKey = (sealed: string): string => sealed.slice(0, 16)

export const readEntries = (
  caseKeys: OpenCaseKeys,
  { item, log, entries }: OpenedReport,
): Promise<LoadedEntry[]> =>
  Promise.all(
    entries.map(async ({ n, sealed }) => {
      const { author, keyNo } = namedBy(log[n - 1])
      const key = caseKeys.get(caseKeyName({ caseId: item.id, keyNo }))
      return {
        key: entryKey(sealed),
        n,
        author,
        entry: key ? await entryOrNull(key, author, sealed) : null,
      }
    }),
  )

/** The field that every row with an entry has. */
const NamesEntry = z.object({ keyNo: z.int() })

/** Reads a row that nobody has verified yet. A row that is none names nobody. */
function namedBy(row: OpenedReport['log'][number] | undefined): { author: string; keyNo: number } {
  try {
    const { actor } = Statement.parse(JSON.parse(row?.statement ?? ''))
    return { author: actor, keyNo: NamesEntry.parse(JSON.parse(row?.change ?? '')).keyNo }
  } catch {
    return { author: '', keyNo: 0 }
  }
}

async function entryOrNull(...sealed: Parameters<typeof openEntry>): Promise<Entry | null> {
  try {
    return await openEntry(...sealed)
  } catch (cause) {
    if (cause instanceof Refusal) return null
    throw cause
  }
}
