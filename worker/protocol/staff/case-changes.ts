// Holds the schemas of the changes that the log of a case records. A change holds numbers and
// hashes only. The sealed bytes travel beside the signed change, so that their rows can be deleted.
import * as z from 'zod/mini'
import {
  CEK_BYTES,
  HASH_BYTES,
  MAX_FOLLOW_UPS,
  MAX_SLOTS,
  REPLY_BYTES,
  TAG_BYTES,
} from '../limits.ts'
import { SignedChange } from './chain.ts'
import { b64Of, id, Status } from './fields.ts'

/** Length of a case key, and of the case's share. */
export const CASE_KEY_BYTES = 32
/** Bytes that sealing under a key adds: nonce (12) ‖ tag (16). */
const SEAL_BYTES = 12 + TAG_BYTES
/** The three lengths of an entry before it is sealed. A length reveals only the smallest fit. */
export const ENTRY_SIZES = [512, 2048, 8192] as const
/** The most letters of one row. The edge reads each of them to compare its hash. */
export const MAX_TAKEN = 16

const count = z.int().check(z.gte(1))
const hash = b64Of(HASH_BYTES)

/** Follow-ups that the actor has read. The edge refuses a change when a later follow-up exists. */
const followUps = z.int().check(z.gte(0), z.lte(MAX_FOLLOW_UPS))

/** `status.set` */
export const StatusChange = z.object({ from: Status, to: Status, followUps })
export type StatusChange = z.infer<typeof StatusChange>

/** `key.make`: the next key of the case, under a generation of the team key. */
export const KeyMake = z.object({ keyNo: count, generation: count })
export type KeyMake = z.infer<typeof KeyMake>

/** `letters.take`: letters whose content keys are now sealed under a key of the case. */
export const LettersTake = z.object({
  keyNo: count,
  letters: z
    .array(
      z.object({
        id,
        /** SHA-256(header ‖ body): what is left of the envelope without its wrap */
        contentHash: hash,
      }),
    )
    .check(z.minLength(1), z.maxLength(MAX_TAKEN)),
})
export type LettersTake = z.infer<typeof LettersTake>

/** `entry.add`: an entry, such as a note. `entryHash` is SHA-256 of the sealed entry. */
export const EntryAdd = z.object({ keyNo: count, entryHash: hash })
export type EntryAdd = z.infer<typeof EntryAdd>

/** `answer.send`: a reply. `sealedHash` is SHA-256 of the sealed reply. */
export const ReplyChange = z.object({
  /** index of the reply in its thread */
  slot: z.int().check(z.gte(0), z.lt(MAX_SLOTS)),
  sealedHash: hash,
  followUps,
})
export type ReplyChange = z.infer<typeof ReplyChange>

/** A case key: sealed under the case's share, and again under the team key. */
const SealedCaseKey = b64Of(CASE_KEY_BYTES + 2 * SEAL_BYTES)
/** The content key of a letter, sealed under a case key. */
export const SealedCek = b64Of(CEK_BYTES + SEAL_BYTES)
export const CaseShare = b64Of(CASE_KEY_BYTES)
/** An entry, padded to one of ENTRY_SIZES and sealed under a case key. */
export const SealedEntry = z.union(ENTRY_SIZES.map((size) => b64Of(size + SEAL_BYTES)))

/** A stored case key. */
export const CaseKey = z.object({
  caseId: id,
  keyNo: count,
  /** the generation of the team key that opens the outer seal */
  generation: count,
  sealed: SealedCaseKey,
})
export type CaseKey = z.infer<typeof CaseKey>

/** The body of `key.make`. The share of a case is the same for all of its keys. */
export const NewCaseKey = z.object({
  signed: SignedChange,
  sealed: SealedCaseKey,
  share: CaseShare,
})
export type NewCaseKey = z.infer<typeof NewCaseKey>

/** The body of `letters.take`: a content key for each letter, in the order of the change. */
export const NewTaking = z.object({
  signed: SignedChange,
  sealed: z.array(SealedCek).check(z.maxLength(MAX_TAKEN)),
})
export type NewTaking = z.infer<typeof NewTaking>

/** The body of `entry.add`. */
export const NewEntry = z.object({ signed: SignedChange, sealed: SealedEntry })
export type NewEntry = z.infer<typeof NewEntry>

/** The body of `answer.send`. */
export const NewReply = z.object({ signed: SignedChange, sealed: b64Of(REPLY_BYTES) })
export type NewReply = z.infer<typeof NewReply>

/**
 * Case keys on one page of re-wrapping. Decoding 250 takes some 5 ms of CPU, and the first call
 * more than the 10 ms of the edge.
 */
export const REWRAP_PAGE = 100

/** A page of case keys under one generation. */
export const CaseKeyPage = z.object({
  keys: z.array(CaseKey),
  /** cursor of the next page; null on the last one */
  next: z.nullable(z.string()),
  /** on the first page: the number of case keys that are left under the generation */
  remaining: z.nullable(z.int()),
})
export type CaseKeyPage = z.infer<typeof CaseKeyPage>

/** Case keys whose outer seal was replaced: from one generation to a later one. */
export const Rewrapping = z.object({
  from: count,
  to: count,
  keys: z
    .array(z.object({ caseId: id, keyNo: count, sealed: SealedCaseKey }))
    .check(z.minLength(1), z.maxLength(REWRAP_PAGE)),
})
export type Rewrapping = z.infer<typeof Rewrapping>

/** Reports on one page of those with letters that no case has yet. */
export const UNTAKEN_PAGE = 50

/** A page of reports in whose threads letters of some epochs wait to be taken in. */
export const UntakenPage = z.object({
  reports: z.array(id),
  /** cursor of the next page; null on the last one */
  next: z.nullable(id),
  /** on the first page: the number of such reports */
  remaining: z.nullable(z.int()),
})
export type UntakenPage = z.infer<typeof UntakenPage>
