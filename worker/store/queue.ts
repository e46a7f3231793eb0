// Reads the queue and the counts.
import { asc, eq, sql } from 'drizzle-orm'
import type { Bytes } from '#protocol/bytes'
import type { Grade } from '#protocol/limits'
import type { Arrivals, Counts, Growth } from '#protocol/staff/cases'
import type { Status } from '#protocol/staff/fields'
import type { Discard } from '#protocol/staff/discard'
import type { Database } from './database.ts'
import { discardFrom, openDiscardQuery } from './discards.ts'
import { followUpCount, THREAD_OF_REPORT, type Sealer } from './reports.ts'
import { people } from './schema-people.ts'
import { arrivals, counts, reports } from './schema-reports.ts'

/** A line of the queue, without any sealed bytes. */
export interface QueueLine {
  id: Bytes
  kind: number
  danger: boolean
  day: string
  grade: Grade
  sealedBy: Sealer
  status: Status
  followUps: number
  /** rank from 0 for danger, new and grade 3 to 19 for closed and grade 0 */
  rank: number
}

/** The cursor of a page of the queue: the page begins after this line. */
export type QueuePlace = Pick<QueueLine, 'rank' | 'day' | 'id'>

/** The columns of a line. */
export const queueLine = {
  id: reports.id,
  kind: reports.kind,
  danger: reports.danger,
  day: reports.receivedDay,
  grade: reports.grade,
  sealedBy: reports.sealedBy,
  status: reports.status,
  followUps: followUpCount(THREAD_OF_REPORT),
  rank: reports.rank,
}

/**
 * Reads a page of lines and, in the same batch, the arrivals. Sorts by rank, then the oldest day
 * first.
 *
 * @param after  cursor; null for the first page
 */
export async function listQueueLines(
  db: Database,
  after: QueuePlace | null,
  limit: number,
): Promise<{ lines: QueueLine[]; arrivals: Arrivals }> {
  const [lines, arrived] = await db.batch([
    db
      .select(queueLine)
      .from(reports)
      .where(
        after
          ? sql`(${reports.rank}, ${reports.receivedDay}, ${reports.id})
              > (${after.rank}, ${after.day}, ${after.id})`
          : undefined,
      )
      .orderBy(asc(reports.rank), asc(reports.receivedDay), asc(reports.id))
      .limit(limit),
    db.select().from(arrivals),
  ])
  return { lines, arrivals: arrivalsIn(arrived) }
}

function arrivalsIn(rows: (typeof arrivals.$inferSelect)[]): Arrivals {
  const totalOf = (what: string): number => rows.find((row) => row.what === what)?.total ?? 0
  return { reports: totalOf('report'), followUps: totalOf('follow_up') }
}

/** The counts that the database can give. */
export type StoredCounts = Omit<Counts, 'waiting' | 'aside' | 'report' | 'discard'> & {
  report: StoredGrowth | null
  /** the discard that has not ended */
  discard: Discard | null
}
type StoredGrowth = Omit<Growth, 'id'> & { id: Bytes }

/**
 * Reads the counts in one batch.
 *
 * @param report  id of the report that the caller shows, or null
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
        followUps: followUpCount(THREAD_OF_REPORT),
        answers: sql<number>`(SELECT count(*) FROM answers
          WHERE answers.owner_hash = reports.owner_hash)`,
        entries: sql<number>`(SELECT count(*) FROM case_entries
          WHERE case_entries.case_id = reports.id)`,
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
