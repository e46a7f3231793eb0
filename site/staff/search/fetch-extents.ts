// Fetches the extent of every report, or of the reports that have changed since a given day.
import { readTally, type Extent } from '#protocol/staff/list/pieces'
import { encodeB64 } from '#protocol/staff/native-b64'
import { fetchChanges } from '../api/changed-lines.ts'
import { fetchTally } from '../api/piece-api.ts'

/** Extents, keyed by report id, base64url. */
export type Extents = ReadonlyMap<string, Extent>

/** Fetches the extents of all reports that the person may read. */
export async function fetchExtents(): Promise<Extents> {
  const all = new Map<string, Extent>()
  let after: string | null = null
  do {
    const page = await fetchTally(after)
    for (const [digits, extent] of readTally(page)) all.set(idOf(digits), extent)
    after = page.next
  } while (after !== null)
  return all
}

/**
 * Fetches the extents of the cases that changed.
 *
 * @param since  UTC day, as in fetchChanges
 * @returns also includes the ids of reports that a case absorbed
 */
export async function fetchChangedExtents(
  since: string,
): Promise<{ extents: Extents; merged: string[] }> {
  const pages = await fetchChanges(since)
  const items = pages.flatMap((page) => page.items)
  return {
    extents: new Map(items.map(({ id, followUps, rows }) => [id, { followUps, rows }])),
    merged: pages.flatMap((page) => page.merged),
  }
}

/** Converts an id from hexadecimal digits to base64url. */
function idOf(digits: string): string {
  const bytes = new Uint8Array(digits.length / 2)
  for (let at = 0; at < bytes.length; at++)
    bytes[at] = Number.parseInt(digits.slice(2 * at, 2 * at + 2), 16)
  return encodeB64(bytes)
}
