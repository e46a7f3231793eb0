// Stores the staff's replies, each with a row of the case log. A stale change does nothing.
import { sql } from 'drizzle-orm'
import type { Bytes } from '#protocol/bytes'
import type { SealedReply } from '../reports/replies.ts'
import { isAllRead, type ReadParts } from './growth.ts'
import { changeWithRow, type ChainEntry } from '../ledger/chains.ts'
import type { Database } from '../database.ts'

/**
 * A reply, the report whose thread receives it, and the parts of the case that its author has read.
 */
export interface ReplyStep extends SealedReply {
  /** the report that began the case, or a report that the case absorbed */
  report: Bytes
  read: ReadParts
}

/**
 * Stores a reply under the receipt of a report. An open case then waits for the person.
 *
 * @returns false for an unknown report, an ended receipt or a taken index. Also false when the
 *   author has not read the entire case
 */
export const insertReply = (
  db: Database,
  caseId: Bytes,
  { report, index, day, sealed, read }: ReplyStep,
  entry: ChainEntry,
): Promise<boolean> =>
  changeWithRow(
    db,
    entry,
    [
      sql`INSERT INTO answers (owner_hash, n, day, sealed)
        SELECT owner_hash, ${index}, ${day}, ${sealed} FROM reports
          WHERE id = ${report} AND (id = ${caseId} OR merged_into = ${caseId})
            AND write_hash IS NOT NULL
            AND EXISTS (SELECT 1 FROM reports
              WHERE id = ${caseId} AND merged_into IS NULL AND ${isAllRead(read)})
        ON CONFLICT (owner_hash, n) DO NOTHING RETURNING 1`,
    ],
    [
      sql`UPDATE reports SET waits_for = 'person', waits_since = ${day}
        WHERE id = ${caseId} AND changes() = 1`,
    ],
  )
