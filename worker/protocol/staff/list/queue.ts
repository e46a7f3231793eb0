// Defines the schemas of the queue: its lines, its pages, and the parts that a colleague has seen.
// The staff app and the edge parse with the same schema, because neither trusts the other.
import * as z from 'zod/mini'
import { GRADES } from '../../limits.ts'
import { CloseReason, day, id, Status, WaitsFor } from '../fields.ts'

/** Number of reports on one page of the queue. */
export const QUEUE_PAGE = 50

/** A line of the queue, which contains no sealed parts. */
export const QueueItem = z.object({
  id,
  kind: z.int(),
  danger: z.boolean(),
  day,
  /** grade of the report, which determines its lane */
  grade: z.literal(GRADES),
  sealedBy: z.enum(['device', 'worker']),
  status: Status,
  /** number of follow-ups in all threads of the case */
  followUps: z.int(),
  /** number of other reports that the case absorbed */
  absorbed: z.int(),
  /** id of the colleague who has the case */
  assignee: z.nullable(id),
  /** a closed case waits for nobody; after it is reopened, it waits for the same party as before */
  waitsFor: WaitsFor,
  /** the UTC day since which the case has been waiting */
  waitsSince: day,
  /** the last day on which the person or a colleague added something */
  touchedDay: day,
  /** true when a colleague has acted since the person last wrote: see acts.ts */
  acted: z.boolean(),
  /**
   * id of the colleague who gave the case to its assignee; null after the assignee has signed a row
   */
  givenBy: z.nullable(id),
  /** UTC day on which the danger was last reported or confirmed; null if there is no danger */
  dangerDay: z.nullable(day),
  /** the first local day on which a task is due */
  dueDay: z.nullable(day),
  closeReason: z.nullable(CloseReason),
  /** number of rows of the case log */
  rows: z.int(),
  /** the parts that this reader of the list has seen; null until the reader opens the case */
  seen: z.nullable(z.object({ followUps: z.int(), rows: z.int() })),
})
export type QueueItem = z.infer<typeof QueueItem>

/**
 * Number of reports and follow-ups ever stored. The counts only grow, so the app notices a new
 * report even while colleagues change other counts.
 */
export const Arrivals = z.object({ reports: z.int(), followUps: z.int() })
export type Arrivals = z.infer<typeof Arrivals>

/** Number of lines on one page, when a device fetches all lines or only the changed lines. */
export const LINES_PAGE = 500

/** A page of lines that have changed since a given day, sorted by id. */
export const LinesPage = z.object({
  items: z.array(QueueItem),
  /** merged cases, which the list no longer shows */
  merged: z.array(id),
  /** cursor of the next page; null on the last page */
  next: z.nullable(id),
})
export type LinesPage = z.infer<typeof LinesPage>

/** The parts of a case that a colleague has seen. */
export const SeenParts = z.object({
  followUps: z.int().check(z.gte(0)),
  rows: z.int().check(z.gte(0)),
})
export type SeenParts = z.infer<typeof SeenParts>

/**
 * Removes a mark: `mark` is the mark that the person set, and `before` is the previous mark, or
 * null.
 */
export const SeenBack = z.object({ mark: SeenParts, before: z.nullable(SeenParts) })
export type SeenBack = z.infer<typeof SeenBack>

/** A page of the queue. */
export const Queue = z.object({
  items: z.array(QueueItem),
  /** cursor of the next page; null on the last page */
  next: z.nullable(z.string()),
  /** true during a flood, when lane A comes before lane B in each group */
  isFlood: z.boolean(),
  /** arrivals at the time when the page was read */
  arrivals: Arrivals,
})
export type Queue = z.infer<typeof Queue>
