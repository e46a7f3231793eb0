// Reads the lines of the queue, without any sealed bytes. [Note: queue streams] Each group and
// grade in the order is a range of an index, which is already sorted. A page concatenates these
// ranges, beginning at its cursor. SQLite reads a range only when the ranges before it are
// exhausted. The grades of a group are merged without sorting. A page thus reads about one row for
// each line, however many reports are stored. A line whose task is due is read twice: among the due
// tasks, and in its own range.
import { and, sql, type SQL } from 'drizzle-orm'
import { unionAll } from 'drizzle-orm/sqlite-core'
import type { Bytes } from '#protocol/bytes'
import { GRADES, type Grade } from '#protocol/limits'
import type { Arrivals } from '#protocol/staff/list/queue'
import {
  GROUPS,
  GROUPS_BEFORE_DUE,
  HIGHEST_GRADE,
  rankIn,
  type Group,
  type OrderAt,
  type OrderPlace,
} from '#protocol/staff/list/rank'
import type { CloseReason, Status, WaitsFor } from '#protocol/staff/fields'
import type { Database } from '../database.ts'
import { absorbedCount, caseFollowUpCount } from '../cases/growth.ts'
import type { Sealer } from '../reports/reports.ts'
import { arrivals, numbersIn } from '../schema/queue.ts'
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
  acted: boolean
  givenBy: Bytes | null
  dangerDay: string | null
  dueDay: string | null
  closeReason: CloseReason | null
  rows: number
  /**
   * number of follow-ups that this reader of the list has seen; null until the reader opens the
   * case
   */
  seenFollowUps: number | null
  seenRows: number | null
}

/** The cursor of a queue page; the page begins after this line. */
export type QueuePlace = OrderPlace & { id: Bytes }

/** The columns of a line. @param reader  the person whose number of seen parts the line shows */
export const queueLine = (reader: Bytes) => ({
  id: reports.id,
  kind: reports.kind,
  danger: reports.danger,
  day: reports.receivedDay,
  grade: reports.grade,
  sealedBy: reports.sealedBy,
  status: reports.status,
  followUps: caseFollowUpCount().as('follow_up_count'),
  absorbed: absorbedCount().as('absorbed_count'),
  assignee: reports.assignee,
  waitsFor: reports.waitsFor,
  waitsSince: reports.waitingDay,
  touchedDay: sql<string>`coalesce(reports.touched_day, reports.received_day)`.as('touched'),
  acted: sql`CASE WHEN reports.acted_follow_ups IS NULL THEN 0
    ELSE reports.acted_follow_ups >= ${caseFollowUpCount()} END`
    .mapWith(Boolean)
    .as('acted'),
  givenBy: reports.givenBy,
  dangerDay: sql<string | null>`CASE WHEN reports.danger
    THEN coalesce(reports.danger_day, reports.received_day) END`.as('danger_since'),
  dueDay: reports.dueDay,
  closeReason: reports.closeReason,
  rows: logRows().as('log_rows'),
  seenFollowUps: seenPart('follow_ups', reader).as('seen_follow_ups'),
  seenRows: seenPart('rows', reader).as('seen_rows'),
})

/** Returns the number of rows in the case log, which is the number of its last row. */
export const logRows = (): SQL<number> =>
  sql<number>`coalesce((SELECT n FROM case_heads WHERE case_id = reports.id), 0)`

const seenPart = (column: 'follow_ups' | 'rows', reader: Bytes): SQL<number | null> =>
  sql<number | null>`(SELECT ${sql.raw(column)} FROM reads
    WHERE case_id = reports.id AND person = ${reader})`

/** True for a case whose task is due, if its group then moves up. */
export const isDue = (today: string): SQL =>
  sql`(reports.due_day <= ${today} AND +${reports.rank} IN ${dueRanks(GRADES)})`

const dueRanks = (grades: readonly Grade[]): SQL =>
  numbersIn(GROUPS_BEFORE_DUE.flatMap((group) => grades.map((grade) => rankIn(group, grade))))

/** The position, order and length of a page. */
interface PageAsked {
  /** cursor; null for the first page */
  after: QueuePlace | null
  at: OrderAt
  limit: number
}

/**
 * Reads a page of lines and, in the same batch, the arrivals: see [Note: queue streams]. D1 allows
 * five terms in one union, so each group is one term.
 *
 * @param reader  the person who reads the list
 */
export async function listQueueLines(
  db: Database,
  reader: Bytes,
  asked: PageAsked,
): Promise<{ lines: QueueLine[]; arrivals: Arrivals }> {
  const { after, limit } = asked
  const [first, next, ...others] = GROUPS.slice(after ? GROUPS.indexOf(after.group) : 0).map(
    (group) => groupStream(db, reader, group, asked),
  )
  if (!first) throw new Error('the order has no group')
  const page = next ? unionAll(first, next, ...others) : first
  const [lines, arrived] = await db.batch([page.limit(limit), db.select().from(arrivals)])
  return { lines, arrivals: arrivalsIn(arrived) }
}

/** Reads the lines of a group in order: all grades together or, in a flood, one after the other. */
function groupStream(db: Database, reader: Bytes, group: Group, asked: PageAsked) {
  if (!asked.at.isFlood) return rangeStream(db, reader, { group, grades: GRADES }, asked)
  const { after } = asked
  const reached = after?.group === group ? after.grade : HIGHEST_GRADE
  const [first, next, ...others] = GRADES.filter((grade) => grade <= reached)
    .toReversed()
    .map((grade) => rangeStream(db, reader, { group, grades: [grade] }, asked))
  if (!first) throw new Error('a group has no grade')
  if (!next) return first
  return db.select().from(
    unionAll(first, next, ...others)
      .limit(asked.limit)
      .as('range'),
  )
}

/** Reads the lines of one group and the given grades, sorted by day. */
function rangeStream(
  db: Database,
  reader: Bytes,
  { group, grades }: { group: Group; grades: readonly Grade[] },
  { after, at, limit }: PageAsked,
) {
  const day = group === 'due' ? sql`due_day` : sql`waiting_day`
  const isCursorHere = after?.group === group && grades.includes(after.grade)
  const select = (condition: SQL) =>
    db
      .select(queueLine(reader))
      .from(reports)
      .where(
        and(condition, isCursorHere ? sql`(${day}, id) > (${after.day}, ${after.id})` : undefined),
      )
  const conditions =
    group === 'due'
      ? // The plus keeps SQLite from using the queue index, which is not sorted by due day.
        [sql`due_day <= ${at.today} AND +rank IN ${dueRanks(grades)}`]
      : grades.map((grade) => {
          const isOfRank = sql`rank = ${sql.raw(String(rankIn(group, grade)))}`
          return GROUPS_BEFORE_DUE.includes(group)
            ? sql`${isOfRank} AND (due_day IS NULL OR due_day > ${at.today})`
            : isOfRank
        })
  const [first, next, ...others] = conditions.map(select)
  if (!first) throw new Error('a range has no grade')
  const sorted = (next ? unionAll(first, next, ...others) : first)
    .orderBy(day, sql`id`)
    .limit(limit)
  return db.select().from(sorted.as('range'))
}

export function arrivalsIn(rows: (typeof arrivals.$inferSelect)[]): Arrivals {
  const totalOf = (what: string): number => rows.find((row) => row.what === what)?.total ?? 0
  return { reports: totalOf('report'), followUps: totalOf('follow_up') }
}
