// Finds the links of a case to other cases among its entries.
import { type LoadedEntry } from './read-entries.ts'

export interface CaseLink {
  /** number of the row that records the entry */
  n: number
  key: string
  author: string
  /** UTC minute */
  at: string
  /** id of the other case, base64url */
  caseId: string
  /** the reason */
  text: string
}

/** Lists the links that have not been removed. */
export function linksOf(
  entries: readonly Pick<LoadedEntry, 'n' | 'key' | 'author' | 'entry'>[],
): CaseLink[] {
  const ended = new Set(
    entries.flatMap(({ entry }) => (entry?.kind === 'link_end' ? [entry.link] : [])),
  )
  return entries.flatMap(({ n, key, author, entry }) =>
    entry?.kind === 'link' && !ended.has(n)
      ? [{ n, key, author, at: entry.at, caseId: entry.caseId, text: entry.text }]
      : [],
  )
}
