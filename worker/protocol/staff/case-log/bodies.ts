// Defines the schemas of the sealed parts of a case, and of the requests that contain these parts.
// The signed changes that accompany these parts are in changes.ts.
import * as z from 'zod/mini'
import {
  CEK_BYTES,
  HYBRID_ENC_BYTES,
  MAX_ENVELOPE_BYTES,
  REPLY_BYTES,
  TAG_BYTES,
} from '../../limits.ts'
import { MAX_TAKEN } from './changes.ts'
import { SignedChange } from '../chain.ts'
import { b64Of, b64OfOne, b64UpTo, id } from '../fields.ts'

const count = z.int().check(z.gte(1))

/** Length of a case key, and of the case's secret. */
export const CASE_KEY_BYTES = 32
/** Number of bytes that sealing under a key adds: nonce (12) ‖ tag (16). */
const SEAL_BYTES = 12 + TAG_BYTES
/**
 * The three possible lengths of an entry before the entry is sealed. A length reveals only the
 * smallest size that fits.
 */
export const ENTRY_SIZES = [512, 2048, 8192] as const
/** The possible lengths of a referral's file before it is sealed. */
export const REFERRAL_FILE_SIZES = [16_384, 65_536, 262_144, 1_048_576] as const
/** Lengths of a referral's file after it is sealed. */
export const SEALED_FILE_LENGTHS = REFERRAL_FILE_SIZES.map((size) => size + SEAL_BYTES)
/** A case key: sealed under the case's secret, and again under the team key. */
const SealedCaseKey = b64Of(CASE_KEY_BYTES + 2 * SEAL_BYTES)
/** The content key of a letter, sealed under a case key. */
export const SealedCek = b64Of(CEK_BYTES + SEAL_BYTES)
export const CaseSecret = b64Of(CASE_KEY_BYTES)
/** An entry, padded to one of ENTRY_SIZES and sealed under a case key. */
export const SealedEntry = b64OfOne(ENTRY_SIZES.map((size) => size + SEAL_BYTES))

/** A stored case key. */
export const CaseKey = z.object({
  caseId: id,
  keyNo: count,
  /** the generation of the team key that opens the outer seal */
  generation: count,
  sealed: SealedCaseKey,
})
export type CaseKey = z.infer<typeof CaseKey>

/** Returns the name of a case key: its case and its number. */
export const caseKeyName = ({ caseId, keyNo }: Pick<CaseKey, 'caseId' | 'keyNo'>): string =>
  `${caseId} ${keyNo}`

/** A case key: sealed under the case's secret, and then to the hybrid key of a caseworker. */
const SealedGrant = b64Of(CASE_KEY_BYTES + SEAL_BYTES + HYBRID_ENC_BYTES + TAG_BYTES)

/** A copy of a case key for the caseworker who has the case. */
export const CaseGrant = z.object({ caseId: id, keyNo: count, sealed: SealedGrant })
export type CaseGrant = z.infer<typeof CaseGrant>

/** The body of `key.make`. A case's secret is the same for all of its keys. */
export const NewCaseKey = z.object({
  signed: SignedChange,
  sealed: SealedCaseKey,
  secret: CaseSecret,
  /** a copy for the caseworker who has the case; absent when no caseworker has the case */
  grant: z.optional(SealedGrant),
})
export type NewCaseKey = z.infer<typeof NewCaseKey>

/**
 * The body of `letters.take`: a content key for each letter, in the same order as in the change.
 */
export const NewTaking = z.object({
  signed: SignedChange,
  sealed: z.array(SealedCek).check(z.maxLength(MAX_TAKEN)),
})
export type NewTaking = z.infer<typeof NewTaking>

/** Maximum number of keys that a caseworker receives for a case and the cases that it absorbed. */
export const MAX_GRANTS = 40

/** The body of `case.assign`: a grant for each key of the case and of the cases it absorbed. */
export const Assignment = z.object({
  signed: SignedChange,
  grants: z.array(CaseGrant).check(z.maxLength(MAX_GRANTS)),
  /** the entry that contains the reason for the change */
  reason: z.optional(SealedEntry),
})
export type Assignment = z.infer<typeof Assignment>

/** The body of `case.merge`: the rows of both logs, and the keys that a caseworker lacks. */
export const Merging = z.object({
  merged: SignedChange,
  absorbed: SignedChange,
  grants: z.array(CaseGrant).check(z.maxLength(MAX_GRANTS)),
})
export type Merging = z.infer<typeof Merging>

/** The body of `record.set`. */
export const NewRecord = z.object({ signed: SignedChange, sealed: SealedEntry })
export type NewRecord = z.infer<typeof NewRecord>

/** The body of `entry.add`, of `danger.set` and of the actions of a referral. */
export const NewEntry = z.object({ signed: SignedChange, sealed: SealedEntry })
export type NewEntry = z.infer<typeof NewEntry>

/** The body that stores a reading mark, which is sealed as a reply at READING_INDEX. */
export const SealedReading = z.object({ sealed: b64Of(REPLY_BYTES) })
export type SealedReading = z.infer<typeof SealedReading>

/** The body of `answer.send`. */
export const NewReply = z.object({ signed: SignedChange, sealed: b64Of(REPLY_BYTES) })
export type NewReply = z.infer<typeof NewReply>

/** The body of `letter.enter`: the letter as the colleague's device sealed it. */
export const NewLetter = z.object({ signed: SignedChange, envelope: b64UpTo(MAX_ENVELOPE_BYTES) })
export type NewLetter = z.infer<typeof NewLetter>
