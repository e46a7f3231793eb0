// Seals and opens entries of a case, such as notes and tasks. The additional data names the case
// and the author, so neither can be swapped.
import * as z from 'zod/mini'
import { toB64, utf8 } from '#protocol/bytes'
import { padText, unpadText } from '#protocol/crypto/padding'
import { Refusal } from '#protocol/errors'
import { LENGTH_BYTES } from '#protocol/limits'
import { CONSENTS } from '#protocol/report/plain-report'
import { ENTRY_SIZES } from '#protocol/staff/case-log/bodies'
import { ReferralEntry, ReferralMarkEntry, ReferralSecond } from '#protocol/staff/case-log/referral'
import { day } from '#protocol/staff/fields'
import { openWithKey, sealWithKey } from './aead-key.ts'
import { type OpenCaseKey } from './open-case-key.ts'
import { decodeB64 } from '#protocol/staff/native-b64'

/** The fields of every entry. */
const base = {
  v: z.literal(1),
  /** UTC minute */
  at: z.string(),
  /** words of the author; only a note requires words */
  text: z.string(),
}

/** The number of the row that records another entry in the same case. */
const row = z.int()

/** A person in a case: the case that contains the person's record, and the number of the record. */
export const PersonPlace = z.object({ caseId: z.string(), record: z.int() })
export type PersonPlace = z.infer<typeof PersonPlace>

/** The writer of a letter, identified by the letter's id, or a person in a case. */
export const WishParty = z.union([z.object({ letter: z.string() }), PersonPlace])
export type WishParty = z.infer<typeof WishParty>

/**
 * The kinds of wishes that a colleague can record. A withdrawal revokes a permission that the
 * person gave earlier.
 */
export const WISHES = [...CONSENTS, 'withdrawn'] as const
export type Wish = (typeof WISHES)[number]

/**
 * The ways in which a colleague heard a wish. The value _letter_ means the words of the letter, not
 * a ticked box.
 */
export const HEARD_BY = ['call', 'reply', 'letter', 'person'] as const

/** The outcomes of an attempt to reach a person; _other_ means that somebody else answered. */
export const OUTCOMES = ['no_answer', 'answered', 'other', 'unsafe'] as const
/** The ways to reach a person; _site_ is a reply on this site, and _person_ is a meeting. */
export const CONTACT_WAYS = ['site', 'phone', 'messenger', 'email', 'person'] as const
export type Way = (typeof CONTACT_WAYS)[number]

/** The Foundation's four kinds of help, then shelter, papers, the journey home, and work. */
export const HELP_KINDS = [
  ...(['psychological', 'legal', 'medical', 'humanitarian'] as const),
  ...(['shelter', 'papers', 'return', 'work'] as const),
] as const
export type HelpKind = (typeof HELP_KINDS)[number]
/** _refused_: the person did not want it. _denied_: we could not give it. */
export const HELP_OUTCOMES = ['given', 'offered', 'refused', 'denied'] as const
export type HelpOutcome = (typeof HELP_OUTCOMES)[number]
/** The reasons why help was denied. The Foundation has not decided on the final list yet. */
export const DENIALS = ['mandate', 'no_place', 'unsafe'] as const

/** The outcomes of asking how a person is after a case has been closed. */
export const FOLLOW_UP_OUTCOMES = ['safe', 'no_contact', 'unwilling', 'in_danger'] as const
export type FollowUpOutcome = (typeof FOLLOW_UP_OUTCOMES)[number]

/** The kinds of entries. An entry never changes; a later entry corrects or ends it. */
export const Entry = z.discriminatedUnion('kind', [
  z.object({ ...base, kind: z.literal('note') }),
  z.object({
    ...base,
    kind: z.literal('task'),
    /** day in the organisation's time zone */
    dueDay: z.nullable(z.string()),
    /** id of the colleague who is to do the task; null for the colleague who has the case */
    assignee: z.nullable(z.string()),
    /** asks how the person is, this many months after the case was closed */
    followUp: z.optional(z.object({ months: z.int() })),
  }),
  z.object({
    ...base,
    kind: z.literal('task_end'),
    task: row,
    /** the absorbed case whose log contains the row `task`; absent for the case itself */
    caseId: z.optional(z.string()),
    isDone: z.boolean(),
    /** only for a follow-up */
    outcome: z.optional(z.enum(FOLLOW_UP_OUTCOMES)),
  }),
  z.object({ ...base, kind: z.literal('link'), caseId: z.string() }),
  z.object({ ...base, kind: z.literal('link_end'), link: row }),
  z.object({ ...base, kind: z.literal('handover'), to: z.nullable(z.string()) }),
  /**
   * records that its author has read these handovers of the case and of the cases that it absorbed
   */
  z.object({
    ...base,
    kind: z.literal('handover_read'),
    of: z.array(z.object({ caseId: z.string(), n: row })),
  }),
  /** the reason for `danger.set` */
  z.object({ ...base, kind: z.literal('danger'), isDanger: z.boolean() }),
  /** a wish, as a colleague heard it, about who may learn what a person told us */
  z.object({
    ...base,
    kind: z.literal('wish'),
    of: WishParty,
    wish: z.enum(WISHES),
    how: z.enum(HEARD_BY),
    /** id of the colleague who heard it */
    heardBy: z.string(),
    /** UTC minute */
    heardAt: z.string(),
  }),
  /**
   * every letter and record of the person whom the case is about; empty while the person is unknown
   */
  z.object({ ...base, kind: z.literal('about'), of: z.array(WishParty) }),
  /** the reason for `case.assign` */
  z.object({ ...base, kind: z.literal('give'), to: z.string() }),
  /** an attempt to reach the person */
  z.object({
    ...base,
    kind: z.literal('attempt'),
    outcome: z.enum(OUTCOMES),
    way: z.enum(CONTACT_WAYS),
    /** UTC minute */
    triedAt: z.string(),
  }),
  /** help that a person received, was offered or refused, or that we could not give */
  z.object({
    ...base,
    kind: z.literal('help'),
    help: z.enum(HELP_KINDS),
    /** day in the organisation's time zone */
    day,
    outcome: z.enum(HELP_OUTCOMES),
    /** name of the organisation that helped; null for us */
    receiver: z.nullable(z.string()),
    /** null for a person without a record */
    person: z.nullable(PersonPlace),
    /** required with `denied`, and not allowed otherwise */
    denial: z.optional(z.object({ why: z.enum(DENIALS), sentTo: z.string() })),
    /** the version that this one corrects; `caseId` is the id of an absorbed case */
    corrects: z.optional(z.object({ row, caseId: z.optional(z.string()) })),
  }),
  /** takes back an entry about help that was written by mistake */
  z.object({
    ...base,
    kind: z.literal('help_end'),
    row,
    /** the absorbed case whose log contains the row; absent for the case itself */
    caseId: z.optional(z.string()),
  }),
  ReferralEntry,
  ReferralSecond,
  ReferralMarkEntry,
])
export type Entry = z.infer<typeof Entry>
export type EntryKind = Entry['kind']
export type EntryOf<Kind extends EntryKind> = Extract<Entry, { kind: Kind }>
export type Note = EntryOf<'note'>

const LARGEST = Math.max(...ENTRY_SIZES)

/** Returns the number of bytes that are left in an entry; negative when the entry is too long. */
export const entryBytesLeft = (entry: Entry): number => LARGEST - LENGTH_BYTES - bytesOf(entry)

const bytesOf = (entry: Entry): number => utf8(JSON.stringify(entry)).length

const labelOf = ({ caseId }: OpenCaseKey, author: string): string =>
  `oasis/v1/case-entry ${caseId} ${author}`

/**
 * @param author  id of the person who signs the row
 * @throws Refusal `text_too_long` when the JSON does not fit into the largest size
 */
export async function sealEntry(key: OpenCaseKey, author: string, entry: Entry): Promise<string> {
  const needed = bytesOf(entry) + LENGTH_BYTES
  const size = ENTRY_SIZES.find((each) => each >= needed) ?? LARGEST
  const padded = padText(JSON.stringify(entry), size)
  return toB64(await sealWithKey(await key.entries(), labelOf(key, author), padded))
}

/**
 * @throws Refusal `cannot_open`, including for an entry of a kind that this version does not
 * support
 */
export async function openEntry(key: OpenCaseKey, author: string, sealed: string): Promise<Entry> {
  try {
    const padded = await openWithKey(await key.entries(), labelOf(key, author), decodeB64(sealed))
    return Entry.parse(JSON.parse(unpadText(padded)))
  } catch (cause) {
    throw new Refusal('cannot_open', { cause })
  }
}
