// Joins and splits the leaves of a checkpoint: one leaf for the head of each case log.
// A leaf is case id (16) ‖ number of rows (4) ‖ hash of the last row (32). Leaves ascend by id.
import { concat, readU32, u32, type Bytes } from '../bytes.ts'
import { Refusal } from '../errors.ts'
import { HASH_BYTES, ID_BYTES } from '../limits.ts'

export const LEAF_BYTES = ID_BYTES + 4 + HASH_BYTES

/** The head of one case's log. */
export interface CaseHead {
  caseId: Bytes
  /** number of rows */
  n: number
  /** hash of the last row */
  hash: Bytes
}

/** Joins leaves, which must ascend by case id. */
export const writeLeaves = (heads: readonly CaseHead[]): Bytes =>
  concat(...heads.flatMap(({ caseId, n, hash }) => [caseId, u32(n), hash]))

/** Splits leaves. @throws Refusal `malformed` for broken leaves, or ids that do not ascend */
export function readLeaves(leaves: Bytes): CaseHead[] {
  if (leaves.length % LEAF_BYTES !== 0) throw new Refusal('malformed')
  const heads: CaseHead[] = []
  for (let at = 0; at < leaves.length; at += LEAF_BYTES) {
    const caseId = leaves.subarray(at, at + ID_BYTES)
    const before = heads.at(-1)
    if (before && !isAfter(caseId, before.caseId)) throw new Refusal('malformed')
    const hash = leaves.subarray(at + ID_BYTES + 4, at + LEAF_BYTES)
    heads.push({ caseId, n: readU32(leaves, at + ID_BYTES), hash })
  }
  return heads
}

function isAfter(id: Bytes, before: Bytes): boolean {
  const at = id.findIndex((byte, place) => byte !== before[place])
  return (id[at] ?? 0) > (before[at] ?? 0)
}
