// Seals and opens the records of a case: the summary, and one for each person. The additional data
// contains the case, the record number and the revision. A record therefore cannot be moved, and an
// older revision cannot be put back.
import * as z from 'zod/mini'
import { toB64, utf8 } from '#protocol/bytes'
import { padText, unpadText } from '#protocol/crypto/padding'
import { Refusal } from '#protocol/errors'
import { LENGTH_BYTES } from '#protocol/limits'
import { ENTRY_SIZES } from '#protocol/staff/case-log/bodies'
import { ownValue } from './prototype-guard.ts'
import { openWithKey, sealWithKey } from './aead-key.ts'
import { Classification } from './classification.ts'
import { type OpenCaseKey } from './open-case-key.ts'
import { decodeB64 } from '#protocol/staff/native-b64'
import { Risk } from './risk.ts'

/** The number of the record that holds the summary. */
export const SUMMARY = 0

/** The words that the list shows for a case, and that staff search for. */
export const Summary = z.object({
  v: z.literal(1),
  kind: z.literal('summary'),
  /** a title for the case's line in the list, such as "Restaurant in Moscow, three women" */
  title: z.string(),
  tags: z.array(z.string()),
  risk: z.nullable(Risk),
  /** numbers, handles, names and places that two cases about the same matter may have in common */
  marks: z.array(z.string()),
  /**
   * the subject of distressing words, so that a reader can decide whether to read them; empty if
   * there are none
   */
  note: z.string(),
})
export type Summary = z.infer<typeof Summary>

export const EMPTY_SUMMARY: Summary = {
  v: 1,
  kind: 'summary',
  title: '',
  tags: [],
  risk: null,
  marks: [],
  note: '',
}

export const PERSON_ROLES = ['victim', 'suspect', 'witness', 'relative', 'other'] as const

/** A person in a case. */
export const CasePerson = z.object({
  v: z.literal(2),
  kind: z.literal('person'),
  role: z.enum(PERSON_ROLES),
  name: z.string(),
  /** telephone number, handle or address: a way to reach or recognise the person */
  contact: z.string(),
  /** in years, as a person stated it; empty when unknown */
  age: z.string(),
  text: z.string(),
  classes: Classification,
})
export type CasePerson = z.infer<typeof CasePerson>

/** A person who has been removed from the case. The number of the record is never reused. */
const Removed = z.object({ v: z.literal(1), kind: z.literal('removed') })

export const CaseRecord = z.discriminatedUnion('kind', [Summary, CasePerson, Removed])
export type CaseRecord = z.infer<typeof CaseRecord>

/** The newest version that this app can read, for each kind of record. */
const VERSIONS: Readonly<Record<CaseRecord['kind'], number>> = { summary: 1, person: 2, removed: 1 }
const Versioned = z.object({ v: z.int(), kind: z.string() })

/** Returns true for a record of a later version, or of a kind that this app cannot read. */
function isNewer(json: unknown): boolean {
  const { data } = Versioned.safeParse(json)
  return data !== undefined && data.v > (ownValue<number>(VERSIONS, data.kind) ?? 0)
}

const LARGEST = Math.max(...ENTRY_SIZES)
const bytesOf = (record: CaseRecord): number => utf8(JSON.stringify(record)).length

/** Returns the number of bytes that are left in a record; negative when the record is too long. */
export const recordBytesLeft = (record: CaseRecord): number =>
  LARGEST - LENGTH_BYTES - bytesOf(record)

/** The place of a record in its case. */
export interface RecordPlace {
  record: number
  revision: number
}

const labelOf = ({ caseId }: OpenCaseKey, { record, revision }: RecordPlace): string =>
  `oasis/v1/case-record ${caseId} ${record} ${revision}`

/** @throws Refusal `text_too_long` when the JSON does not fit into the largest size */
export async function sealRecord(
  key: OpenCaseKey,
  place: RecordPlace,
  record: CaseRecord,
): Promise<string> {
  const needed = bytesOf(record) + LENGTH_BYTES
  const size = ENTRY_SIZES.find((each) => each >= needed) ?? LARGEST
  const padded = padText(JSON.stringify(record), size)
  return toB64(await sealWithKey(await key.entries(), labelOf(key, place), padded))
}

/**
 * @throws Refusal `made_newer` for a record made by a newer version of the app. `cannot_open` for
 *   any other record that does not open.
 */
export async function openRecord(
  key: OpenCaseKey,
  place: RecordPlace,
  sealed: string,
): Promise<CaseRecord> {
  const json = await jsonIn(key, place, sealed)
  const { data, error } = CaseRecord.safeParse(json)
  if (data) return data
  throw new Refusal(isNewer(json) ? 'made_newer' : 'cannot_open', { cause: error })
}

async function jsonIn(key: OpenCaseKey, place: RecordPlace, sealed: string): Promise<unknown> {
  try {
    const padded = await openWithKey(await key.entries(), labelOf(key, place), decodeB64(sealed))
    return JSON.parse(unpadText(padded))
  } catch (cause) {
    throw new Refusal('cannot_open', { cause })
  }
}
