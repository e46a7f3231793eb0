// Lists the lines that have changed since a given day, for a device that already has all lines.
import { toB64 } from '#protocol/bytes'
import { Refusal } from '#protocol/errors'
import { LINES_PAGE, type LinesPage } from '#protocol/staff/list/queue'
import type { StaffDeps } from '#worker/deps'
import { requireRole } from '#worker/auth/require-role'
import { parseB64 } from '#worker/parse'
import { listChangedLines } from '#worker/store/list/lines'
import { queueItem } from './list-queue.ts'

/**
 * @param since  UTC day
 * @param after  `next` of the previous page, or null for the first page
 * @throws Refusal `not_allowed`; `malformed` for an invalid day or cursor
 */
export async function listLines(
  deps: StaffDeps,
  since: string | null,
  after: string | null,
): Promise<LinesPage> {
  requireRole(deps.actor, 'intake')
  if (since === null || !/^\d{4}-\d\d-\d\d$/.test(since)) throw new Refusal('malformed')
  const place = after === null ? null : parseB64(after)
  const page = await listChangedLines(deps.db, deps.actor.id, since, place, LINES_PAGE)
  const last = page.at(-1)
  return {
    items: page.filter((line) => !line.isMerged).map(({ isMerged: _, ...line }) => queueItem(line)),
    merged: page.filter((line) => line.isMerged).map(({ id }) => toB64(id)),
    next: last && page.length === LINES_PAGE ? toB64(last.id) : null,
  }
}
