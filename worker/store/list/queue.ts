// Reads the lines of the queue, without any sealed bytes.
import { and, asc, sql, type SQL } from 'drizzle-orm'
import type { Bytes } from '#protocol/bytes'
import type { Grade } from '#protocol/limits'
import type { Arrivals } from '#protocol/staff/list/queue'
import { MERGED_RANK } from '#protocol/staff/list/rank'
import type { CloseReason, Status, WaitsFor } from '#protocol/staff/fields'
import type { Database } from '../database.ts'
import { absorbedCount, caseFollowUpCount } from '../cases/growth.ts'
import type { Sealer } from '../reports/reports.ts'
import { arrivals } from '../schema/queue.ts'
import { reports } from '../schema/reports.ts'

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
  /** follow-ups that this reader of the list has seen; null until they open the case */
  seenFollowUps: number | null
  seenRows: number | null
  /** place in the order of the list: see rankOf */
  rank: number
}

/** The cursor of a queue page; the page begins after this line. */
export type QueuePlace = Pick<QueueLine, 'rank' | 'day' | 'id'>

/** The columns of a line. @param reader  the person whose marks of read parts the line shows */
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

/** Counts the rows of the case log by the number of its last row. */
export const logRows = (): SQL<number> =>
  sql<number>`coalesce((SELECT n FROM case_heads WHERE case_id = reports.id), 0)`

const seenPart = (column: 'follow_ups' | 'rows', reader: Bytes): SQL<number | null> =>
  sql<number | null>`(SELECT ${sql.raw(column)} FROM reads
    WHERE case_id = reports.id AND person = ${reader})`

/**
 * Reads a page of lines and, in the same batch, the arrivals. Sorts by rank, then by day, oldest
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
          sql`${reports.rank} < ${sql.raw(String(MERGED_RANK))}`,
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

export function arrivalsIn(rows: (typeof arrivals.$inferSelect)[]): Arrivals {
  const totalOf = (what: string): number => rows.find((row) => row.what === what)?.total ?? 0
  return { reports: totalOf('report'), followUps: totalOf('follow_up') }
}
