// Defines the schemas of the changes that a case log records. A change contains only numbers and
// hashes. The sealed bytes are sent alongside the signed change, so that the rows that hold these
// bytes can be deleted.
import * as z from 'zod/mini'
import { HASH_BYTES, MAX_FOLLOW_UPS, MAX_REPLIES } from '../../limits.ts'
import { b64Of, CloseReason, day, id, Status } from '../fields.ts'
import { ReferralNeed, ReferralState } from './referral-fields.ts'

/** Maximum number of letters in one row. The edge reads each letter to compare its hash. */
export const MAX_TAKEN = 16

const count = z.int().check(z.gte(1))
const hash = b64Of(HASH_BYTES)

/** Maximum number of reports in one case: its first report, and the reports of absorbed cases. */
export const MAX_REPORTS = 32

/**
 * Number of follow-ups that the actor has read, in all threads of the case. The edge refuses the
 * change when a later follow-up exists.
 */
const followUps = z.int().check(z.gte(0), z.lte(MAX_FOLLOW_UPS * MAX_REPORTS))

/**
 * Number of reports that the actor has read in absorbed cases. The edge requires the exact total.
 */
const absorbed = z.optional(z.int().check(z.gte(0), z.lt(MAX_REPORTS)))

/** `status.set` */
export const StatusChange = z.object({
  from: Status,
  to: Status,
  followUps,
  absorbed,
  /** required with `closed`, and absent otherwise */
  reason: z.optional(CloseReason),
})
export type StatusChange = z.infer<typeof StatusChange>

/** `key.make`: the next key of the case, under a generation of the team key. */
export const KeyMake = z.object({
  keyNo: count,
  generation: count,
  /** see caseKeyHash: readers refuse a key that does not match */
  keyHash: hash,
})
export type KeyMake = z.infer<typeof KeyMake>

/** `letters.take`: letters whose content keys are now sealed under a key of the case. */
export const LettersTake = z.object({
  keyNo: count,
  letters: z
    .array(
      z.object({
        id,
        /** SHA-256(header ‖ body): the envelope without its wrap */
        contentHash: hash,
      }),
    )
    .check(z.minLength(1), z.maxLength(MAX_TAKEN)),
})
export type LettersTake = z.infer<typeof LettersTake>

/** `entry.add`: an entry, such as a note. `entryHash` is SHA-256 of the sealed entry. */
export const EntryAdd = z.object({
  keyNo: count,
  entryHash: hash,
  /** first local day on which a task is now due; null for no such day, absent when unchanged */
  dueDay: z.optional(z.nullable(day)),
  /**
   * number of follow-ups that the author has read, in all threads; absent in an entry that is not
   * an act
   */
  followUps: z.optional(followUps),
})
export type EntryAdd = z.infer<typeof EntryAdd>

/** Maximum number of records in a case: the summary, and one for each person. */
export const MAX_RECORDS = 64

/**
 * `record.set`: a record of the case. Record 0 is the summary, and all other records describe one
 * person each. Each change replaces the complete record. `recordHash` is SHA-256 of the sealed
 * record.
 */
export const RecordSet = z.object({
  keyNo: count,
  record: z.int().check(z.gte(0), z.lt(MAX_RECORDS)),
  /** from 1; the edge refuses a revision that does not follow the stored one */
  revision: count,
  recordHash: hash,
})
export type RecordSet = z.infer<typeof RecordSet>

/** `danger.set`: an entry contains the reason. */
export const DangerChange = z.object({
  danger: z.boolean(),
  keyNo: count,
  entryHash: hash,
  /** the edge refuses a change that ends the danger while the author has an unread follow-up */
  followUps: z.optional(followUps),
  absorbed,
})
export type DangerChange = z.infer<typeof DangerChange>

/** `case.assign`: sets the colleague who has the case from now on. */
export const CaseAssign = z.object({
  from: z.nullable(id),
  to: z.nullable(id),
  /** true when the case's keys are sealed to `to`, who is a caseworker */
  isGranted: z.boolean(),
  /** the entry with the reason, when the case goes to a colleague against the person's wishes */
  reason: z.optional(z.object({ keyNo: count, entryHash: hash })),
  /** if present, the edge refuses to give away a case with a letter that the actor has not read */
  followUps: z.optional(followUps),
  absorbed,
})
export type CaseAssign = z.infer<typeof CaseAssign>

/** `case.return`: the colleague who has the case gives it back. No reason is required. */
export const CaseReturn = z.object({})

/** `case.merge`, in the log of the case that ends: names the case into which it was merged. */
export const CaseMerge = z.object({ into: id })
export type CaseMerge = z.infer<typeof CaseMerge>

/** `case.absorb`, in the log of the surviving case. */
export const CaseAbsorb = z.object({
  from: id,
  /** the hash that the `case.merge` row of the other log follows */
  head: hash,
  /** ids of the cases that the other case had absorbed */
  also: z.array(id).check(z.maxLength(MAX_REPORTS)),
})
export type CaseAbsorb = z.infer<typeof CaseAbsorb>

/**
 * `letter.enter`: a colleague wrote down the words of a person on the telephone or at the door.
 * `contentHash` is the hash of the letter, SHA-256(header ‖ body).
 */
export const LetterEnter = z.object({ contentHash: hash })
export type LetterEnter = z.infer<typeof LetterEnter>

/** `answer.send`: a reply. `sealedHash` is SHA-256 of the sealed reply. */
export const ReplyChange = z.object({
  /** the report in whose thread the reply is; absent for the report that began the case */
  report: z.optional(id),
  /** index of the reply in its thread */
  index: z.int().check(z.gte(0), z.lt(MAX_REPLIES)),
  sealedHash: hash,
  followUps,
  absorbed,
})
export type ReplyChange = z.infer<typeof ReplyChange>

/**
 * The entry that accompanies a row about a referral, and the parts of the case that its author has
 * read.
 */
const aboutReferral = { keyNo: count, entryHash: hash, followUps, absorbed }

/** A reference to a referral: the row that created it, in this log or an absorbed case's log. */
const ReferralPlace = z.object({
  row: count,
  /** hash of that row, so that a second signature covers everything that the first one covers */
  hash,
  /** the absorbed case whose log contains the row; absent for this case */
  caseId: z.optional(id),
})

/** `referral.make`: an entry records the content, the receiver and the reason. */
export const ReferralMake = z.object({
  ...aboutReferral,
  /** SHA-256 of the sealed file, which the edge already stores */
  fileHash: hash,
  /**
   * tells the edge and every browser which signatures to require, although the edge cannot open the
   * reason
   */
  second: ReferralNeed,
})
export type ReferralMake = z.infer<typeof ReferralMake>

/** `referral.confirm`: the signature of the second colleague. */
export const ReferralConfirm = z.object({ ...aboutReferral, of: ReferralPlace })
export type ReferralConfirm = z.infer<typeof ReferralConfirm>

/** `referral.mark`: the next state of a referral. */
export const ReferralMark = z.object({
  ...aboutReferral,
  of: ReferralPlace,
  from: ReferralState,
  to: ReferralState,
  /**
   * day in the organisation's time zone by which an answer is expected; null if none was agreed.
   * Required with `sent`, and absent otherwise
   */
  expectedDay: z.optional(z.nullable(day)),
})
export type ReferralMark = z.infer<typeof ReferralMark>
