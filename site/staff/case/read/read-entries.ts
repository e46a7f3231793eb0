// Opens the entries of a case. The row in the log records the author and the key of an entry.
import * as z from 'zod/mini'
import { Refusal } from '#protocol/errors'
import { caseKeyName } from '#protocol/staff/case-log/bodies'
import type { StoredCase } from '#protocol/staff/case-log/stored-case'
import { openEntry, type Entry } from '../../crypto/case-entry.ts'
import { type OpenCaseKeys } from '../../crypto/case-key.ts'

export interface LoadedEntry {
  /** identifies the entry in the view; see entryKey */
  key: string
  /** number of the log row */
  n: number
  /** id of the person who signed; empty when no row records the entry */
  author: string
  /** null for an entry that does not open */
  entry: Entry | null
}

/**
 * Identifies an entry by its random nonce, which its author knows before the edge numbers the row.
 */
export const entryKey = (sealed: string): string => sealed.slice(0, 16)

/**
 * An entry as stored, with the texts of the row that records it; the texts are empty without a row.
 */
export interface NamedEntry {
  n: number
  sealed: string
  statement: string
  change: string
}

export const readEntries = (
  caseKeys: OpenCaseKeys,
  { item, log, entries }: Pick<StoredCase, 'item' | 'log' | 'entries'>,
): Promise<LoadedEntry[]> =>
  openEntries(
    caseKeys,
    item.id,
    entries.map(({ n, sealed }) => {
      const { statement = '', change = '' } = log[n - 1] ?? {}
      return { n, sealed, statement, change }
    }),
  )

export const openEntries = (
  caseKeys: OpenCaseKeys,
  caseId: string,
  entries: readonly NamedEntry[],
): Promise<LoadedEntry[]> =>
  Promise.all(
    entries.map(async (named) => {
      const { n, sealed } = named
      const { author, keyNo } = namedBy(named)
      const key = caseKeys.get(caseKeyName({ caseId, keyNo }))
      return {
        key: entryKey(sealed),
        n,
        author,
        entry: key ? await entryOrNull(key, author, sealed) : null,
      }
    }),
  )

/** The fields that name an entry's author and key. */
const NamesAuthor = z.object({ actor: z.string() })
const NamesKey = z.object({ keyNo: z.int() })
/** A row that assigns a case refers to the entry that states the reason. */
const NamesEntry = z.union([NamesKey, z.object({ reason: NamesKey })])

/** Reads a row that has not been verified yet. An invalid row yields no author. */
function namedBy({ statement, change }: NamedEntry): { author: string; keyNo: number } {
  try {
    const { actor } = NamesAuthor.parse(JSON.parse(statement))
    const named = NamesEntry.parse(JSON.parse(change))
    return { author: actor, keyNo: 'reason' in named ? named.reason.keyNo : named.keyNo }
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
