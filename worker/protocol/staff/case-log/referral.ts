// Defines the schemas of a referral's sealed entries: what leaves, to whom, and on what grounds.
// Later entries record the second signature and each new state. Only a device can open them. The
// rows are kept forever and the server can read them, so they contain only states, days and hashes.
import * as z from 'zod/mini'
import { HASH_BYTES, OPENING_DIGITS } from '../../limits.ts'
import { b64Of, day, id } from '../fields.ts'
import { LEAVING_WAYS, ReceiverKind, ReferralState } from './referral-fields.ts'

const hash = b64Of(HASH_BYTES)
/** UTC minute */
const minute = z.string().check(z.regex(/^\d{4}-\d\d-\d\dT\d\d:\d\dZ$/))
const words = z.string().check(z.maxLength(1000))
/** text that must not be empty; otherwise the form cannot be sent */
const someWords = z.string().check(z.trim(), z.minLength(1), z.maxLength(1000))
const yesOrNo = z.enum(['yes', 'no', 'unknown'])

/** The fields of every entry; see site/staff/crypto/case-entry.ts. */
const base = { v: z.literal(1), at: minute, text: z.string() }

/**
 * The receiver of a referral. The name remains readable after the record of the receiver is
 * deleted.
 */
export const NamedReceiver = z.object({
  /** null for a receiver that is not on the list */
  listed: z.nullable(z.object({ id, recordHash: hash })),
  name: someWords,
  kind: ReceiverKind,
})
export type NamedReceiver = z.infer<typeof NamedReceiver>

/** A person in a case: the case that contains the person's record, and the record's number. */
const Person = z.object({ caseId: id, record: z.int().check(z.gte(1)) })

/**
 * The fields that can leave, each in full or not at all. Some fields are coarser forms of others,
 * such as an age band, or the country of a place.
 */
const REFERRAL_FIELDS = [
  ...(['name', 'contact', 'safe_contact', 'age', 'age_band', 'sex', 'citizenship'] as const),
  ...(['country', 'place', 'town', 'danger', 'found_there', 'needs', 'help', 'kind'] as const),
  ...(['summary', 'letters', 'notes', 'month'] as const),
  ...(['origin', 'origin_country', 'origin_town'] as const),
  ...(['photograph', 'school', 'village', 'recruiter'] as const),
] as const
export const ReferralField = z.enum(REFERRAL_FIELDS)
export type ReferralField = z.infer<typeof ReferralField>

/** The only fields that may leave when a life is in immediate danger. */
export const LIFE_FIELDS = [
  ...(['name', 'place', 'country', 'danger', 'found_there', 'age_band', 'sex'] as const),
] as const satisfies readonly ReferralField[]
/** Fields of a person under 18, each of which leaves only if it was ticked individually. */
export const CHILD_FIELDS = [
  ...(['photograph', 'school', 'village'] as const),
] as const satisfies readonly ReferralField[]

/** Words that were read aloud: their language, and the hash of the text; see consentTextHash. */
const ReadAloud = z.object({
  lang: z.string().check(z.regex(/^[a-z]{2,3}$/)),
  hash,
})

/** A consenting parent must not have any other role in the case. */
const CONSENT_BY = ['person', 'parent'] as const
/** Consent for this receiver and this referral, given after the text was read aloud. */
export const ReferralConsent = z.object({
  by: z.enum(CONSENT_BY),
  /** the parent's record in the case; null when the person consented, or when there is no record */
  parent: z.nullable(Person),
  text: ReadAloud,
  how: z.enum(['call', 'person']),
  /** id of the colleague who read the text and heard the answer */
  heardBy: id,
  heardAt: minute,
})
export type ReferralConsent = z.infer<typeof ReferralConsent>

/** Whether the person has been told; if not, the reason, and the day on which to tell them. */
export const Informed = z.discriminatedUnion('is', [
  z.object({ is: z.literal('told'), at: minute }),
  z.object({ is: z.literal('not_told'), why: someWords, on: z.nullable(day) }),
])
export type Informed = z.infer<typeof Informed>

/**
 * The ground for a referral without consent: the key of a line in the `grounds` list of
 * organisation.json. Null while the list is empty: a lawyer has to confirm the ground.
 */
const ground = z.nullable(z.string().check(z.minLength(1), z.maxLength(60)))

/** The basis of a referral: consent, or one of three reasons without consent. */
const ReferralBasis = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('consent'), consent: ReferralConsent }),
  /** a life is in immediate danger */
  z.object({ kind: z.literal('life'), ground, told: Informed }),
  /** a child is in danger; `isLifeNow` lets the second colleague sign afterwards */
  z.object({ kind: z.literal('child'), isLifeNow: z.boolean(), ground, told: Informed }),
  /** a court or an authority ordered the referral */
  z.object({
    kind: z.literal('order'),
    number: someWords,
    day,
    broughtBy: someWords,
    lawyer: z.enum(['asked', 'not_asked']),
    ...{ ground, told: Informed },
  }),
])

/** The extra answers about a person under 18. */
const ChildCare = z.object({
  /** the person who cares for the child; empty when no such person is known */
  carer: words,
  isCarerSafe: yesOrNo,
  mayCarerKnow: z.boolean(),
  /** the child's wishes, in a colleague's words */
  wants: someWords,
  /** id of the colleague who decides for the child */
  decidedBy: id,
  /** the fields of CHILD_FIELDS that were ticked individually */
  ticked: z.array(ReferralField),
})

/** Maximum number of other people in the case that one referral may include. */
const MAX_OTHERS = 8

const digits = z.string().check(z.regex(/^\d+$/), z.length(OPENING_DIGITS))

/** The file that left. The sealed bytes are in R2, and are deleted with the secret of the case. */
const ReferralFile = z
  .object({
    way: z.enum(LEAVING_WAYS),
    /** the number of the letter, which the receiver quotes in an answer */
    number: z.string().check(z.regex(/^\d{8}$/)),
    /**
     * the digits that open a page; null for paper. The second colleague opens the page with them
     * before signing. No row, index or request contains the digits.
     */
    digits: z.nullable(digits),
    /** SHA-256 of the sealed bytes */
    hash,
    /** number of the case key under which the bytes are sealed */
    keyNo: z.int().check(z.gte(1)),
    /** number of bytes that left */
    size: z.int().check(z.gte(1)),
  })
  .check(z.refine((file) => (file.way === 'page') === (file.digits !== null)))

/** `referral.make` */
export const ReferralEntry = z.object({
  ...base,
  kind: z.literal('referral'),
  receiver: NamedReceiver,
  /** null for a person without a record */
  person: z.nullable(Person),
  isUnder18: yesOrNo,
  basis: ReferralBasis,
  /** required with `isUnder18: 'yes'`, and absent otherwise */
  child: z.optional(ChildCare),
  fields: z.array(ReferralField).check(z.minLength(1), z.maxLength(REFERRAL_FIELDS.length)),
  /** other people in the case whom the referral includes, each with their own consent */
  others: z
    .array(z.object({ person: Person, consent: ReferralConsent }))
    .check(z.maxLength(MAX_OTHERS)),
  /** the day by which the letter asks the receiver to answer */
  answerBy: day,
  file: ReferralFile,
})
export type ReferralEntry = z.infer<typeof ReferralEntry>

/**
 * SHA-256 of the sealed entry of a referral. The index refers to a referral by this hash, because
 * the server could change the numbers of entries.
 */
const of = hash

/** `referral.confirm`: the second colleague has read what leaves. */
export const ReferralSecond = z.object({ ...base, kind: z.literal('referral_second'), of })
export type ReferralSecond = z.infer<typeof ReferralSecond>

/** The possible answers from a receiver that has been told that the consent was withdrawn. */
const REVOKED_ANSWERS = ['deleted', 'kept', 'none'] as const

/** `referral.mark`: the new state as recorded in the row, with the accompanying words. */
export const ReferralMarkEntry = z.object({
  ...base,
  kind: z.literal('referral_mark'),
  of,
  from: ReferralState,
  to: ReferralState,
  /** as in the row */
  expectedDay: z.optional(z.nullable(day)),
  /** after an answer from the receiver: whether the person has been told about it */
  told: z.optional(Informed),
  /** only with the state `told`; `text` contains the reason for keeping the page */
  receiver: z.optional(z.object({ toldBy: id, how: someWords, answer: z.enum(REVOKED_ANSWERS) })),
})
export type ReferralMarkEntry = z.infer<typeof ReferralMarkEntry>
