// Reads the cases that are assigned to a caseworker, and their counts. The number of rows that a
// query reads grows only with the number of these cases.
import { and, eq, sql } from 'drizzle-orm'
import type { Bytes } from '#protocol/bytes'
import { GRADES } from '#protocol/limits'
import type { Arrivals } from '#protocol/staff/list/queue'
import { GROUPS } from '#protocol/staff/list/rank'
import type { Counts } from '#protocol/staff/list/counts'
import type { Database } from '../database.ts'
import { isDue, queueLine, type QueueLine, type QueuePlace } from '../list/queue.ts'
import { caseFollowUpCount } from './growth.ts'
import { reports } from '../schema/reports.ts'

/**
 * Reads a page of the lines of a person's cases, in queue order. Grades do not affect the order,
 * because a colleague has already read each of these cases.
 *
 * @param today  day in the organisation's time zone
 */
export const listOwnLines = (
  db: Database,
  person: Bytes,
  { after, today, limit }: { after: QueuePlace | null; today: string; limit: number },
): Promise<QueueLine[]> => {
  const group = sql`(CASE WHEN ${isDue(today)} THEN ${sql.raw(String(GROUPS.indexOf('due')))}
    ELSE +${reports.rank} / ${sql.raw(String(GRADES.length))} END)`
  const day = sql`(CASE WHEN ${isDue(today)} THEN due_day ELSE waiting_day END)`
  return db
    .select(queueLine(person))
    .from(reports)
    .where(
      and(
        eq(reports.assignee, person),
        after
          ? sql`(${group}, ${day}, id)
              > (${GROUPS.indexOf(after.group)}, ${after.day}, ${after.id})`
          : undefined,
      ),
    )
    .orderBy(group, day, sql`id`)
    .limit(limit)
}

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
