// Packs many sealed cases for the search index. A device opens thousands of them, so the long
// sealed parts are sent as bytes rather than as text. Case logs are left out. The index needs only
// the rows that record entries or prove case keys.
import * as z from 'zod/mini'
import { concat, fromUtf8, readU32, u32, utf8, type Bytes } from '../../bytes.ts'
import { Refusal } from '../../errors.ts'
import { MAX_ENVELOPE_BYTES } from '../../limits.ts'
import { SealedEntry } from '../case-log/bodies.ts'
import { changeText, day, id, statementText } from '../fields.ts'
import { StoredCase } from '../case-log/stored-case.ts'

/**
 * Maximum number of sealed cases in one request. Each case needs a call for its secret, and a
 * request on the free plan may make only 50 calls.
 */
export const SEALED_AT_ONCE = 24

/**
 * Number of letters, and of rows in logs, after which a page is full. A page contains at least one
 * case. The edge has 10 ms of CPU time for a page.
 */
export const SEALED_LETTERS = 40
export const SEALED_ROWS = 400

/** The length of a part that follows the JSON. The longest part is an envelope. */
const length = z.int().check(z.gte(1), z.lte(MAX_ENVELOPE_BYTES))

const PackedCase = z.extend(
  z.pick(StoredCase, {
    mergedInto: true,
    taken: true,
    caseKeys: true,
    keyRows: true,
    grants: true,
    secrets: true,
    records: true,
  }),
  {
    id,
    /** UTC day on which the report arrived */
    day,
    extent: z.object({ followUps: z.int(), rows: z.int() }),
    /**
     * for status, danger and merging: the change in the last row about each; null if there is no
     * such row
     */
    signed: z.object({
      status: z.nullable(changeText),
      danger: z.nullable(changeText),
      merge: z.nullable(changeText),
      /** UTC day of the last row about the status */
      statusDay: z.nullable(day),
    }),
    /** each with the statement and the change from the row that records it */
    entries: z.array(
      z.object({ n: z.int(), sealed: SealedEntry, statement: statementText, change: changeText }),
    ),
    envelope: length,
    followUps: z.array(z.object({ id, day, envelope: length })),
    answers: z.array(z.object({ index: z.int(), day, sealed: length })),
  },
)
type PackedCase = z.infer<typeof PackedCase>
const PackedCases = z.object({ cases: z.array(PackedCase), left: z.array(id) })

/** A type with bytes in place of the lengths in the JSON. */
type WithBytes<Packed, Part extends keyof Packed> = Omit<Packed, Part> & Record<Part, Bytes>

/** A case with the sealed parts that the index reads. */
export interface SealedCase extends Omit<PackedCase, 'envelope' | 'followUps' | 'answers'> {
  envelope: Bytes
  followUps: WithBytes<PackedCase['followUps'][number], 'envelope'>[]
  answers: WithBytes<PackedCase['answers'][number], 'sealed'>[]
}

/** Sealed cases; a case that no longer exists, or that the user may not see, is absent. */
export interface SealedCases {
  cases: SealedCase[]
  /** cases that did not fit on the page, and that the device must request again */
  left: string[]
}

/**
 * Packs a page: length of the JSON (4, big endian) ‖ JSON ‖ parts. In the JSON, the length of a
 * part replaces the part. The parts of each case follow one another: envelope, follow-ups, replies.
 */
export function packCases({ cases, left }: SealedCases): Bytes {
  const parts: Bytes[] = []
  const pack = (part: Bytes): number => {
    parts.push(part)
    return part.length
  }
  const packed = cases.map((each) => ({
    ...each,
    envelope: pack(each.envelope),
    followUps: each.followUps.map((later) => ({ ...later, envelope: pack(later.envelope) })),
    answers: each.answers.map((answer) => ({ ...answer, sealed: pack(answer.sealed) })),
  }))
  const json = utf8(JSON.stringify({ cases: packed, left }))
  return concat(u32(json.length), json, ...parts)
}

/** Reads a page. @throws Refusal `malformed` for bytes that packCases never produces */
export function unpackCases(page: Bytes): SealedCases {
  try {
    let offset = 4 + readU32(page)
    const { cases, left } = PackedCases.parse(JSON.parse(fromUtf8(page.subarray(4, offset))))
    const take = (bytes: number): Bytes => {
      if (offset + bytes > page.length) throw new Refusal('malformed')
      return page.subarray(offset, (offset += bytes))
    }
    const unpacked = cases.map((each) => ({
      ...each,
      envelope: take(each.envelope),
      followUps: each.followUps.map((later) => ({ ...later, envelope: take(later.envelope) })),
      answers: each.answers.map((answer) => ({ ...answer, sealed: take(answer.sealed) })),
    }))
    if (offset !== page.length) throw new Refusal('malformed')
    return { cases: unpacked, left }
  } catch (cause) {
    throw new Refusal('malformed', { cause })
  }
}
