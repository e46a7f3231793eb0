// Reads the cases that are assigned to a caseworker, and their counts. The number of rows that a
// query reads grows only with these cases.
import { and, asc, eq, sql } from 'drizzle-orm'
import type { Bytes } from '#protocol/bytes'
import type { Arrivals } from '#protocol/staff/list/queue'
import type { Counts } from '#protocol/staff/list/counts'
import type { Database } from '../database.ts'
import { queueLine, type QueueLine, type QueuePlace } from '../list/queue.ts'
import { caseFollowUpCount } from './growth.ts'
import { reports } from '../schema/reports.ts'

/** Reads a page of the lines of a person's cases, in queue order. */
export const listOwnLines = (
  db: Database,
  person: Bytes,
  after: QueuePlace | null,
  limit: number,
): Promise<QueueLine[]> =>
  db
    .select(queueLine(person))
    .from(reports)
    .where(
      and(
        eq(reports.assignee, person),
        after
          ? sql`(+${reports.rank}, ${reports.receivedDay}, ${reports.id})
              > (${after.rank}, ${after.day}, ${after.id})`
          : undefined,
      ),
    )
    .orderBy(sql`+${reports.rank}`, asc(reports.receivedDay), asc(reports.id))
    .limit(limit)

type OwnCounts = Pick<Counts, 'new' | 'in_progress' | 'closed' | 'danger' | 'arrivals'>

/** Counts a person's cases by status, and the follow-ups in them. */
export async function countOwnCases(db: Database, person: Bytes): Promise<OwnCounts> {
  const rows = await db
    .select({
      status: reports.status,
      danger: reports.danger,
      total: sql<number>`count(*)`,
      followUps: sql<number>`sum(${caseFollowUpCount()})`,
    })
    .from(reports)
    .where(eq(reports.assignee, person))
    .groupBy(reports.status, reports.danger)
  const by = { new: 0, in_progress: 0, closed: 0, danger: 0 }
  const arrivals: Arrivals = { reports: 0, followUps: 0 }
  for (const { status, danger, total, followUps } of rows) {
    by[status] += total
    if (danger && status !== 'closed') by.danger += total
    arrivals.reports += total
    arrivals.followUps += followUps
  }
  return { ...by, arrivals }
}
