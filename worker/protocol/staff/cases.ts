// Holds the schemas of the staff API for reports: the queue, a report, its changes, the counts.
// Staff app and edge parse with the same schema, because neither trusts the other.
import * as z from 'zod/mini'
import {
  GRADES,
  REPLY_BYTES,
  MAX_ENVELOPE_BYTES,
  MAX_FOLLOW_UPS,
  MAX_SLOTS,
  TAG_BYTES,
} from '../limits.ts'
import { OpenDiscard } from './discard.ts'
import { b64Of, b64UpTo, day, id } from './fields.ts'

export const STATUSES = ['new', 'in_progress', 'closed'] as const

/** Reports on one page of the queue. */
export const QUEUE_PAGE = 50

/**
 * The longest JSON of a case file, in UTF-8 bytes: some 500,000 Cyrillic letters.
 * The limit exists because a row of D1 may have 2 MB.
 */
export const MAX_CASE_BYTES = 1024 * 1024

/** The longest sealed case file: nonce (12) ‖ ciphertext ‖ tag (16). */
export const MAX_SEALED_CASE_BYTES = 12 + MAX_CASE_BYTES + TAG_BYTES

export const Status = z.enum(STATUSES)
export type Status = z.infer<typeof Status>

/** Follow-ups that the actor has read. The edge refuses a change when a later follow-up exists. */
const followUps = z.int().check(z.gte(0), z.lte(MAX_FOLLOW_UPS))

export const StatusChange = z.object({ from: Status, to: Status, followUps })
export type StatusChange = z.infer<typeof StatusChange>

/** A new content of a case file. The stored revision becomes `revision` + 1. */
export const CaseChange = z.object({
  /** the revision that the writer read; 0 when there was none */
  revision: z.int(),
  sealed: b64UpTo(MAX_SEALED_CASE_BYTES),
})
export type CaseChange = z.infer<typeof CaseChange>

/** A new reply. */
export const ReplyChange = z.object({
  /** index of the reply in its thread */
  slot: z.int().check(z.gte(0), z.lt(MAX_SLOTS)),
  sealed: b64Of(REPLY_BYTES),
  followUps,
})
export type ReplyChange = z.infer<typeof ReplyChange>

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
  followUps: z.int(),
})
export type QueueItem = z.infer<typeof QueueItem>

/**
 * Reports and follow-ups ever stored. The counts only grow, so that the app notices a new report
 * while colleagues change other counts.
 */
export const Arrivals = z.object({ reports: z.int(), followUps: z.int() })
export type Arrivals = z.infer<typeof Arrivals>

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

/** The counts of a report that can grow while somebody reads it. */
export const Growth = z.object({ id, followUps: z.int(), answers: z.int(), revision: z.int() })
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

const envelope = b64UpTo(MAX_ENVELOPE_BYTES)

/** A report with its thread, sealed as it is stored. */
export const OpenedReport = z.object({
  item: QueueItem,
  envelope,
  followUps: z.array(z.object({ id, day, sealedBy: z.enum(['device', 'worker']), envelope })),
  /** nonce ‖ AES-256-GCM of the case file's JSON; null before the first note */
  caseFile: z.nullable(z.object({ revision: z.int(), sealed: z.string() })),
  answers: z.array(z.object({ slot: z.int(), day, sealed: b64Of(REPLY_BYTES) })),
  /** false when the person wanted no receipt or destroyed the thread, so that staff cannot reply */
  answerable: z.boolean(),
})
export type OpenedReport = z.infer<typeof OpenedReport>
