// Changes the status of a case and adds a row to its log. A stale change does nothing.
import { sql, type SQL } from 'drizzle-orm'
import type { Bytes } from '#protocol/bytes'
import type { CloseReason, Status } from '#protocol/staff/fields'
import { changeWithRow, type ChainEntry } from '../ledger/chains.ts'
import type { Database } from '../database.ts'
import { isAllRead, type ReadParts } from './growth.ts'

/** A change of status, as its author signed it. */
export interface StatusStep extends ReadParts {
  from: Status
  to: Status
  reason: CloseReason | null
}

/**
 * Changes the status of a case. A case may be closed by mistake, so reopening it does not change
 * whom it waits for, or since when. By setting the same status again, the author takes a case that
 * somebody has given to them.
 *
 * @returns false when the case does not exist or has been merged. Also false when its status is not
 *   `from`, or when the author has not read all of it. Also false when the change repeats the
 *   status and nobody gave the case to its author
 */
export const changeStatus = (
  db: Database,
  report: Bytes,
  { from, to, reason, ...read }: StatusStep,
  entry: ChainEntry,
): Promise<boolean> =>
  changeWithRow(db, entry, [
    sql`UPDATE reports SET status = ${to}, close_reason = ${reason}
      WHERE id = ${report} AND status = ${from} AND merged_into IS NULL
        AND ${from !== to || isGivenTo(entry.actor)}
        AND ${isAllRead(read)} RETURNING 1`,
  ])

const isGivenTo = (actor: Bytes): SQL => sql`(given_by IS NOT NULL AND assignee = ${actor})`
