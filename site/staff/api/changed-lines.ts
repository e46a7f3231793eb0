// Fetches the lines of the list that have changed since a given day.
import type { LinesPage } from '#protocol/staff/list/queue'
import { dayOf } from '#protocol/time'
import { fetchLines } from './list-api.ts'

/**
 * Changes from a little earlier are also fetched, because the device's clock may differ from the
 * edge's.
 */
const MARGIN_MS = 3_600_000

/** Returns the UTC day from which the next load fetches changes. */
export const dayOfLoad = (): string => dayOf(Date.now() - MARGIN_MS)

/**
 * @param since  the day that dayOfLoad returned just before the app loaded the lines that these
 *   changes update
 */
export async function fetchChanges(since: string): Promise<LinesPage[]> {
  const pages: LinesPage[] = []
  let after: string | null = null
  do {
    const page: LinesPage = await fetchLines(since, after)
    pages.push(page)
    after = page.next
  } while (after !== null)
  return pages
}
