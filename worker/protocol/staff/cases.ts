// Holds the schemas of the staff API for reports: the queue, a report, its changes, the counts.
// Staff app and edge parse with the same schema, because neither trusts the other.
import * as z from 'zod/mini'
import { GRADES, MAX_ENVELOPE_BYTES, REPLY_BYTES } from '../limits.ts'
import { CaseGrant, CaseKey, CaseShare, SealedCek, SealedEntry } from './case-bodies.ts'
import { OpenDiscard } from './discard.ts'
import { b64Of, b64UpTo, CloseReason, day, id, Status, WaitsFor } from './fields.ts'
import { LedgerRow } from './ledger.ts'

/** Reports on one page of the queue. */
export const QUEUE_PAGE = 50

/** A line of the queue. The line holds no sealed part. */
export const QueueItem = z.object({
  id,
  kind: z.int(),
  danger: z.boolean(),
  day,
  /** grade of the report; lane A holds the grades from 1 on */
  grade: z.literal(GRADES),
  sealedBy: z.enum(['device', 'worker']),
  status: Status,
  /** follow-ups in all threads of the case */
  followUps: z.int(),
  /** other reports that the case absorbed */
  absorbed: z.int(),
  /** id of the colleague who has the case */
  assignee: z.nullable(id),
  waitsFor: WaitsFor,
  /** since this day */
  waitsSince: day,
  /** the last day on which the person or a colleague added anything */
  touchedDay: day,
  /** the first local day on which a task is due */
  dueDay: z.nullable(day),
  closeReason: z.nullable(CloseReason),
  /** rows of the case's log */
  rows: z.int(),
  /** the parts that the reader of the list has seen; null before they opened the case */
  seen: z.nullable(z.object({ followUps: z.int(), rows: z.int() })),
})
export type QueueItem = z.infer<typeof QueueItem>

/**
 * Reports and follow-ups ever stored. The counts only grow, so that the app notices a new report
 * while colleagues change other counts.
 */
export const Arrivals = z.object({ reports: z.int(), followUps: z.int() })
export type Arrivals = z.infer<typeof Arrivals>

/** Lines on one page, when a device fetches all lines or the changed lines. */
export const LINES_PAGE = 500

/** A page of lines that changed since a day, in the order of ids. */
export const LinesPage = z.object({
  items: z.array(QueueItem),
  /** cases that were merged, so that the list does not show them any more */
  merged: z.array(id),
  /** cursor of the next page; null on the last one */
  next: z.nullable(id),
})
export type LinesPage = z.infer<typeof LinesPage>

/** The parts of a case that a colleague has seen. */
export const SeenParts = z.object({
  followUps: z.int().check(z.gte(0)),
  rows: z.int().check(z.gte(0)),
})
export type SeenParts = z.infer<typeof SeenParts>

/** A page of the queue. */
export const Queue = z.object({
  items: z.array(QueueItem),
  /** cursor of the next page; null on the last one */
  next: z.nullable(z.string()),
  /** arrivals at the moment at which the page was read */
  arrivals: Arrivals,
})
export type Queue = z.infer<typeof Queue>

/** The numbers of the chunks of a file that have arrived, in no order. */
export const ArrivedChunks = z.object({ arrived: z.array(z.int()) })
export type ArrivedChunks = z.infer<typeof ArrivedChunks>

/** The edge counts waiting reports up to this number. */
export const WAITING_SHOWN = 1000

/** The parts of a report that can grow or change while somebody reads it. */
export const Growth = z.object({
  id,
  followUps: z.int(),
  answers: z.int(),
  entries: z.int(),
  /** revisions of all records */
  revisions: z.int(),
  /** rows of the case's log; with more rows than the reader has, status and assignee are newer */
  rows: z.int(),
  status: Status,
  assignee: z.nullable(id),
})
export type Growth = z.infer<typeof Growth>

/** Counts of reports by status and in R2, for everybody who is signed in. */
export const Counts = z.object({
  new: z.int(),
  in_progress: z.int(),
  closed: z.int(),
  danger: z.int(),
  /** reports and follow-ups in the overflow; null when R2 does not respond */
  waiting: z.nullable(z.int()),
  /** objects in quarantine: their epoch or key could not be judged; null as for `waiting` */
  aside: z.nullable(z.int()),
  arrivals: Arrivals,
  /** people who can open reports */
  readers: z.int(),
  /**
   * growth of the report in question; null when the request names no report, or an unknown report
   */
  report: z.nullable(Growth),
  /** the discard that has not ended; null without one, and for a person without intake */
  discard: z.nullable(OpenDiscard),
})
export type Counts = z.infer<typeof Counts>

/** The whole envelope; header ‖ body once the letter was taken into a case */
const envelope = b64UpTo(MAX_ENVELOPE_BYTES)

/** A letter that was taken into a case. */
export const TakenLetter = z.object({
  id,
  /** the case whose key opens the letter */
  caseId: id,
  keyNo: z.int(),
  sealed: SealedCek,
})
export type TakenLetter = z.infer<typeof TakenLetter>

/** A report with its thread and its case, sealed as they are stored. */
export const OpenedReport = z.object({
  item: QueueItem,
  /** the case that goes on for this one; null while this case goes on itself */
  mergedInto: z.nullable(id),
  /** the other reports of the case, which the app opens by the same route */
  absorbed: z.array(id),
  envelope,
  followUps: z.array(z.object({ id, day, sealedBy: z.enum(['device', 'worker']), envelope })),
  /** the rows of the case's log, oldest first */
  log: z.array(LedgerRow),
  /** the letters of the thread that are in a case; nearly always in this one */
  taken: z.array(TakenLetter),
  /** the keys of this case, and of other cases that hold letters of the thread */
  caseKeys: z.array(CaseKey),
  /** for a caseworker: copies of the case keys; empty for intake, who hold the team key */
  grants: z.array(CaseGrant),
  /** the shares that the case keys need besides the team key or the person's key */
  shares: z.array(z.object({ caseId: id, share: CaseShare })),
  /** `n` is the number of the row that names the entry */
  entries: z.array(z.object({ n: z.int(), sealed: SealedEntry })),
  /** record 0 is the summary, every other one a person */
  records: z.array(
    z.object({ record: z.int(), revision: z.int(), keyNo: z.int(), sealed: SealedEntry }),
  ),
  answers: z.array(z.object({ slot: z.int(), day, sealed: b64Of(REPLY_BYTES) })),
  /** false when the person wanted no receipt or destroyed the thread, so that staff cannot reply */
  answerable: z.boolean(),
})
export type OpenedReport = z.infer<typeof OpenedReport>
