// Seals and opens entries of a case, such as notes and tasks. The additional data contains case and
// author, so that an entry cannot be moved.
import * as z from 'zod/mini'
import { toB64, utf8 } from '#protocol/bytes'
import { padText, unpadText } from '#protocol/crypto/padding'
import { Refusal } from '#protocol/errors'
import { LENGTH_BYTES } from '#protocol/limits'
import { CONSENTS } from '#protocol/report/plain-report'
import { ENTRY_SIZES } from '#protocol/staff/case-log/bodies'
import { openWithKey, sealWithKey } from './aead-key.ts'
import { type OpenCaseKey } from './open-case-key.ts'
import { decodeB64 } from './decode-b64.ts'

/** The fields of every entry. */
const base = {
  v: z.literal(1),
  /** UTC minute */
  at: z.string(),
  /** words of the author; only a note requires words */
  text: z.string(),
}

/** The number of the row that records another entry of the case. */
const row = z.int()

/** The writer of a letter, with its id, or a person of a case, with the record's number. */
export const WishParty = z.union([
  z.object({ letter: z.string() }),
  z.object({ caseId: z.string(), record: z.int() }),
])
export type WishParty = z.infer<typeof WishParty>

/**
 * The wishes that a colleague can hear. A withdrawal takes back a permission that the person gave
 * before.
 */
export const WISHES = [...CONSENTS, 'withdrawn'] as const
export type Wish = (typeof WISHES)[number]

/** The ways in which a colleague heard a wish; _letter_ means the words, not a tick. */
export const HEARD_BY = ['call', 'reply', 'letter', 'person'] as const

/** The outcomes of an attempt to reach a person; _other_ means that another person answered. */
export const OUTCOMES = ['no_answer', 'answered', 'other', 'unsafe'] as const
/** The ways to reach a person; _site_ is a reply here, and _person_ a meeting. */
export const CONTACT_WAYS = ['site', 'phone', 'messenger', 'email', 'person'] as const
export type Way = (typeof CONTACT_WAYS)[number]

/** The kinds of entries. An entry never changes: another entry ends a task or a link. */
export const Entry = z.discriminatedUnion('kind', [
  z.object({ ...base, kind: z.literal('note') }),
  z.object({
    ...base,
    kind: z.literal('task'),
    /** day at the organisation's place */
    dueDay: z.nullable(z.string()),
    /** id of the colleague who should do the task; null for the colleague who has the case */
    assignee: z.nullable(z.string()),
  }),
  z.object({
    ...base,
    kind: z.literal('task_end'),
    task: row,
    /** the absorbed case whose log has the row `task`; absent for the case itself */
    caseId: z.optional(z.string()),
    isDone: z.boolean(),
  }),
  z.object({ ...base, kind: z.literal('link'), caseId: z.string() }),
  z.object({ ...base, kind: z.literal('link_end'), link: row }),
  z.object({ ...base, kind: z.literal('handover'), to: z.nullable(z.string()) }),
  /** its author has read these handovers of the case, and of the cases that it absorbed */
  z.object({
    ...base,
    kind: z.literal('handover_read'),
    of: z.array(z.object({ caseId: z.string(), n: row })),
  }),
  /** the reason of `danger.set` */
  z.object({ ...base, kind: z.literal('danger'), isDanger: z.boolean() }),
  /** the circle of people who may learn what a person told, as a colleague heard it */
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
  /** the reason of `case.assign` */
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

/** @throws Refusal `cannot_open`, including for an entry whose kind this version does not know */
export async function openEntry(key: OpenCaseKey, author: string, sealed: string): Promise<Entry> {
  try {
    const padded = await openWithKey(await key.entries(), labelOf(key, author), decodeB64(sealed))
    return Entry.parse(JSON.parse(unpadText(padded)))
  } catch (cause) {
    throw new Refusal('cannot_open', { cause })
  }
}
