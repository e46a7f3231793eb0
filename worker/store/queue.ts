// The queue, the counts and one opened report with its thread.
import { asc, eq, sql } from 'drizzle-orm'
import type { Bytes } from '#protocol/bytes'
import type { Counts, Status } from '#protocol/staff'
import type { SealedAnswer } from './answers.ts'
import type { Database } from './database.ts'
import type { Lane, Sealer } from './reports.ts'
import { answers, caseFiles, counts, followUps, reports } from './schema.ts'

/** A line of the queue: nothing that only a key opens. */
export interface QueueLine {
  id: Bytes
  kind: number
  danger: boolean
  day: string
  lane: Lane
  sealedBy: Sealer
  status: Status
  followUps: number
  /** 0 for danger and new, up to 4 for closed */
  rank: number
}

/** Where a page of the queue begins: after this line. */
export type QueuePlace = Pick<QueueLine, 'rank' | 'lane' | 'day' | 'id'>

export interface Thread {
  line: QueueLine
  envelope: Bytes
  followUps: { id: Bytes; day: string; sealedBy: Sealer; envelope: Bytes }[]
  caseFile: { revision: number; sealed: Bytes } | null
  answers: SealedAnswer[]
  answerable: boolean
}

const line = {
  id: reports.id,
  kind: reports.kind,
  danger: reports.danger,
  day: reports.receivedDay,
  lane: reports.lane,
  sealedBy: reports.sealedBy,
  status: reports.status,
  followUps: reports.followUps,
  rank: reports.rank,
}

/** Danger first, then new; reports with a proof of work before those without; the oldest day first. `null` begins at the top. */
export const listQueueLines = (
  db: Database,
  after: QueuePlace | null,
  limit: number,
): Promise<QueueLine[]> =>
  db
    .select(line)
    .from(reports)
    .where(
      after
        ? sql`(${reports.rank}, ${reports.lane}, ${reports.receivedDay}, ${reports.id}) > (${after.rank}, ${after.lane}, ${after.day}, ${after.id})`
        : undefined,
    )
    .orderBy(asc(reports.rank), asc(reports.lane), asc(reports.receivedDay), asc(reports.id))
    .limit(limit)

/** Counts of what is in the database. */
export type StoredCounts = Omit<Counts, 'waiting' | 'aside'>

export async function readCounts(db: Database): Promise<StoredCounts> {
  const total: StoredCounts = { new: 0, in_progress: 0, closed: 0, danger: 0 }
  for (const row of await db.select().from(counts)) {
    total[row.status] += row.total
    if (row.danger && row.status !== 'closed') total.danger += row.total
  }
  return total
}

export async function findThread(db: Database, id: Bytes): Promise<Thread | null> {
  const [[report], thread, [caseFile], given] = await db.batch([
    db
      .select({ ...line, envelope: reports.envelope, lookupHash: reports.lookupHash })
      .from(reports)
      .where(eq(reports.id, id)),
    db
      .select({
        id: followUps.id,
        day: followUps.day,
        sealedBy: followUps.sealedBy,
        envelope: followUps.envelope,
      })
      .from(followUps)
      .where(eq(followUps.report, id))
      .orderBy(asc(followUps.day), asc(followUps.id)),
    db
      .select({ revision: caseFiles.revision, sealed: caseFiles.sealed })
      .from(caseFiles)
      .where(eq(caseFiles.report, id)),
    db
      .select({ slot: answers.slot, day: answers.day, sealed: answers.sealed })
      .from(reports)
      .innerJoin(answers, eq(answers.lookupHash, reports.lookupHash))
      .where(eq(reports.id, id))
      .orderBy(asc(answers.slot)),
  ])
  if (!report) return null
  const { envelope, lookupHash, ...rest } = report
  return {
    line: rest,
    envelope,
    followUps: thread,
    caseFile: caseFile ?? null,
    answers: given,
    answerable: lookupHash !== null,
  }
}
