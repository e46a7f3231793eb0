// Defines the schemas of the counts, which the staff app polls to notice a change.
import * as z from 'zod/mini'
import { OpenDiscard } from './discard.ts'
import { id, Status } from '../fields.ts'
import { Arrivals } from './queue.ts'

/** The edge counts waiting reports up to this number. */
export const WAITING_SHOWN = 1000

/** The parts of a report that can grow or change while a colleague reads it. */
export const Growth = z.object({
  id,
  followUps: z.int(),
  answers: z.int(),
  entries: z.int(),
  /** number of revisions of all records */
  revisions: z.int(),
  /**
   * number of rows in the case log; a number higher than the reader's means a newer status or
   * assignee
   */
  rows: z.int(),
  status: Status,
  assignee: z.nullable(id),
  /**
   * ids of the other colleagues who are writing in the case now, according to the server, which
   * signs nothing
   */
  writers: z.array(id),
})
export type Growth = z.infer<typeof Growth>

/**
 * The number of reports by status, and the number in R2. Every signed-in person can request these
 * counts.
 */
export const Counts = z.object({
  new: z.int(),
  in_progress: z.int(),
  closed: z.int(),
  danger: z.int(),
  /** number of reports and follow-ups in the overflow; null when R2 does not respond */
  waiting: z.nullable(z.int()),
  /**
   * number of objects in quarantine because their epoch or key could not be checked; null whenever
   * `waiting` is null
   */
  aside: z.nullable(z.int()),
  arrivals: Arrivals,
  /** number of people who can open reports */
  readers: z.int(),
  /**
   * growth of the report that the request names; null when the request names no report, or an
   * unknown report
   */
  report: z.nullable(Growth),
  /**
   * the discard that has not ended; null if there is none, or for a person without the intake role
   */
  discard: z.nullable(OpenDiscard),
})
export type Counts = z.infer<typeof Counts>
