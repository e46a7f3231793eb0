// Counts the parts of a case, and compares them with what a colleague has read. A change by a
// colleague who has not read all of the case does nothing.
import { eq, sql, type SQL } from 'drizzle-orm'
import type { Bytes } from '#protocol/bytes'
import type { Database } from '../database.ts'
import { followUpCount, THREAD_OF_PART, THREAD_OF_REPORT } from '../reports/follow-ups.ts'
import { reports } from '../schema/reports.ts'

/**
 * Counts the follow-ups of a case in all its threads. A case that has absorbed other cases contains
 * reports with threads of their own, which are found through an index.
 */
export const caseFollowUpCount = (): SQL<number> =>
  sql<number>`(${followUpCount(THREAD_OF_REPORT)} + coalesce((
    SELECT sum(${followUpCount(THREAD_OF_PART)})
    FROM reports AS part WHERE part.merged_into = reports.id), 0))`

/** Counts the reports of absorbed cases. */
export const absorbedCount = (): SQL<number> =>
  sql<number>`(SELECT count(*) FROM reports AS part WHERE part.merged_into = reports.id)`

/** The numbers of follow-ups and absorbed reports that a colleague has read. */
export interface ReadParts {
  /** number of follow-ups in all threads of the case */
  followUps: number
  /** number of reports of absorbed cases; undefined when the colleague did not state it */
  absorbed?: number | undefined
}

/** True while a case contains nothing that the colleague has not read. */
export const isAllRead = ({ followUps, absorbed }: ReadParts): SQL =>
  sql`(${caseFollowUpCount()} = ${followUps}
    AND ${absorbedCount()} = ${absorbed ?? absorbedCount()})`

/** Returns true when a case contains parts that the colleague has not read. */
export const hasGrown = (now: Required<ReadParts>, read: Partial<ReadParts>): boolean =>
  now.followUps !== (read.followUps ?? now.followUps) ||
  now.absorbed !== (read.absorbed ?? now.absorbed)

/** The state that can explain why a change did nothing. */
export interface ReportState extends Required<ReadParts> {
  /** true when the receipt has not ended */
  answerable: boolean
  /** the case into which this one was merged; null for a case that was not merged */
  mergedInto: Bytes | null
  /** the colleague who has the case */
  assignee: Bytes | null
}

/** Returns null when the report does not exist. */
export async function findState(db: Database, report: Bytes): Promise<ReportState | null> {
  const found = await db
    .select({
      writeHash: reports.writeHash,
      followUps: caseFollowUpCount(),
      absorbed: absorbedCount(),
      mergedInto: reports.mergedInto,
      assignee: reports.assignee,
    })
    .from(reports)
    .where(eq(reports.id, report))
    .get()
  if (!found) return null
  const { writeHash, ...state } = found
  return { ...state, answerable: writeHash !== null }
}
