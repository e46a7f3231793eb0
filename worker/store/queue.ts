// Reads the queue and the counts.
import { and, asc, eq, sql, type SQL } from 'drizzle-orm'
import type { Bytes } from '#protocol/bytes'
import type { Grade } from '#protocol/limits'
import type { Arrivals } from '#protocol/staff/queue'
import type { Counts, Growth } from '#protocol/staff/counts'
import type { CloseReason, Status, WaitsFor } from '#protocol/staff/fields'
import type { Discard } from '#protocol/staff/discard'
import type { Database } from './database.ts'
import { discardFrom, openDiscardQuery } from './discards.ts'
import { absorbedCount, caseFollowUpCount } from './case-growth.ts'
import type { Sealer } from './reports.ts'
import { people } from './schema-people.ts'
import { arrivals, counts, MERGED_RANK } from './schema-queue.ts'
import { reports } from './schema-reports.ts'

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
  absorbed: number
  assignee: Bytes | null
  waitsFor: WaitsFor
  waitsSince: string
  touchedDay: string
  dueDay: string | null
  closeReason: CloseReason | null
  rows: number
  /** follow-ups that the reader of the list has seen; null before they opened the case */
  seenFollowUps: number | null
  seenRows: number | null
  /** rank from 0 for danger, new and grade 3 to 19 for closed and grade 0 */
  rank: number
}

/** The cursor of a page of the queue: the page begins after this line. */
export type QueuePlace = Pick<QueueLine, 'rank' | 'day' | 'id'>

/** The columns of a line. @param reader  whose marks of what was read the line shows */
export const queueLine = (reader: Bytes) => ({
  id: reports.id,
  kind: reports.kind,
  danger: reports.danger,
  day: reports.receivedDay,
  grade: reports.grade,
  sealedBy: reports.sealedBy,
  status: reports.status,
  followUps: caseFollowUpCount(),
  absorbed: absorbedCount(),
  assignee: reports.assignee,
  waitsFor: reports.waitsFor,
  waitsSince: sql<string>`coalesce(reports.waits_since, reports.received_day)`,
  touchedDay: sql<string>`coalesce(reports.touched_day, reports.received_day)`,
  dueDay: reports.dueDay,
  closeReason: reports.closeReason,
  rows: logRows(),
  seenFollowUps: seenPart('follow_ups', reader),
  seenRows: seenPart('rows', reader),
  rank: reports.rank,
})

/** Counts the rows of the case's log, by the number of the last one. */
const logRows = (): SQL<number> =>
  sql<number>`coalesce((SELECT n FROM case_heads WHERE case_id = reports.id), 0)`

const seenPart = (column: 'follow_ups' | 'rows', reader: Bytes): SQL<number | null> =>
  sql<number | null>`(SELECT ${sql.raw(column)} FROM reads
    WHERE case_id = reports.id AND person = ${reader})`

/**
 * Reads a page of lines and, in the same batch, the arrivals. Sorts by rank, then the oldest day
 * first.
 *
 * @param reader  the person who reads the list
 * @param after  cursor; null for the first page
 */
export async function listQueueLines(
  db: Database,
  reader: Bytes,
  after: QueuePlace | null,
  limit: number,
): Promise<{ lines: QueueLine[]; arrivals: Arrivals }> {
  const [lines, arrived] = await db.batch([
    db
      .select(queueLine(reader))
      .from(reports)
      .where(
        and(
          sql`${reports.rank} < ${MERGED_RANK}`,
          after
            ? sql`(${reports.rank}, ${reports.receivedDay}, ${reports.id})
                > (${after.rank}, ${after.day}, ${after.id})`
            : undefined,
        ),
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
type StoredGrowth = Omit<Growth, 'id' | 'assignee'> & { id: Bytes; assignee: Bytes | null }

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
