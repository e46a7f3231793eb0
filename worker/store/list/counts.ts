// Reads the counts of all reports, and the growth of the report that a colleague is reading.
import { eq, sql } from 'drizzle-orm'
import type { Bytes } from '#protocol/bytes'
import type { Counts, Growth } from '#protocol/staff/list/counts'
import type { Discard } from '#protocol/staff/list/discard'
import type { Database } from '../database.ts'
import { discardFrom, openDiscardQuery } from '../reports/discards.ts'
import { caseFollowUpCount } from '../cases/growth.ts'
import { arrivalsIn, logRows } from './queue.ts'
import { people } from '../schema/people.ts'
import { arrivals, counts } from '../schema/queue.ts'
import { reports } from '../schema/reports.ts'

/** The counts that the database provides. */
export type StoredCounts = Omit<Counts, 'waiting' | 'aside' | 'report' | 'discard'> & {
  report: StoredGrowth | null
  /** the discard that has not ended */
  discard: Discard | null
}
type StoredGrowth = Omit<Growth, 'id' | 'assignee' | 'writers'> & {
  id: Bytes
  assignee: Bytes | null
}

/**
 * Reads the counts in one batch.
 *
 * @param report  id of the report on the requesting person's screen, or null
 */
export async function readCounts(db: Database, report: Bytes | null): Promise<StoredCounts> {
  const [rows, arrived, [staffed], [growth], [discard]] = await db.batch([
    db.select().from(counts),
    db.select().from(arrivals),
    db
      .select({ readers: sql<number>`count(*)` })
      .from(people)
      .where(sql`EXISTS (SELECT 1 FROM json_each(roles) WHERE value = 'intake')`),
    db
      .select({
        id: reports.id,
        followUps: caseFollowUpCount(),
        answers: sql<number>`(SELECT count(*) FROM answers
          WHERE answers.owner_hash = reports.owner_hash)`,
        entries: sql<number>`(SELECT count(*) FROM case_entries
          WHERE case_entries.case_id = reports.id)`,
        revisions: sql<number>`(SELECT coalesce(sum(revision), 0) FROM case_records
          WHERE case_records.case_id = reports.id)`,
        rows: logRows(),
        status: reports.status,
        assignee: reports.assignee,
      })
      .from(reports)
      .where(eq(reports.id, report ?? NO_ID)),
    openDiscardQuery(db),
  ])
  const by = { new: 0, in_progress: 0, closed: 0, danger: 0 }
  for (const row of rows) {
    by[row.status] += row.total
    if (row.danger && row.status !== 'closed') by.danger += row.total
  }
  return {
    ...by,
    arrivals: arrivalsIn(arrived),
    readers: staffed?.readers ?? 0,
    report: growth ?? null,
    discard: discard ? discardFrom(discard) : null,
  }
}

/** An id that no report has. */
const NO_ID: Bytes = new Uint8Array(0)
