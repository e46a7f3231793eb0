// Returns the number of follow-ups and the number of log rows for every report. A device then reads
// again only the reports that have grown. A report that is missing from the tally was deleted.
import { toB64, type Bytes } from '#protocol/bytes'
import { TALLY_PAGE, type TallyPage } from '#protocol/staff/list/pieces'
import type { StaffDeps } from '#worker/deps'
import { requireRole } from '#worker/auth/require-role'
import { bytesOfHex } from '#worker/hex'
import { parseB64 } from '#worker/parse'
import { readTallyRows } from '#worker/store/list/tally'

const NO_ID: Bytes = new Uint8Array(0)

/**
 * Returns the only person whose cases the actor may read; null for intake, who may read all cases.
 */
export const onlyAssignedTo = ({ actor }: StaffDeps): Bytes | null =>
  actor.roles.includes('intake') ? null : actor.id

/**
 * Reads a page: all reports for intake, the assigned reports for a caseworker.
 *
 * @param after  `next` of the previous page, or null for the first page
 * @throws Refusal `not_allowed`; `malformed` for an invalid cursor
 */
export async function readTallyPage(deps: StaffDeps, after: string | null): Promise<TallyPage> {
  requireRole(deps.actor, 'intake', 'caseworker')
  const place = after === null ? NO_ID : parseB64(after)
  const page = await readTallyRows(deps.db, onlyAssignedTo(deps), place, TALLY_PAGE)
  const next = page.count === TALLY_PAGE ? toB64(bytesOfHex(page.lastId)) : null
  return { reports: page.reports, next }
}
