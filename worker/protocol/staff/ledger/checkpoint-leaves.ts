// Joins and splits the heads of case logs, and the leaves of a checkpoint. Heads and leaves are
// sorted by case id, in ascending order. A head is case id (16) ‖ number of rows (4) ‖ hash of the
// last row (32). A leaf is a head ‖ the hash of the facts that the log proves (32).
import { concat, readU32, u32, type Bytes } from '../../bytes.ts'
import { Refusal } from '../../errors.ts'
import { HASH_BYTES, ID_BYTES } from '../../limits.ts'

export const HEAD_BYTES = ID_BYTES + 4 + HASH_BYTES
export const LEAF_BYTES = HEAD_BYTES + HASH_BYTES

/** The head of one case log. */
export interface CaseHead {
  caseId: Bytes
  /** number of rows in the log */
  n: number
  /** hash of the log's last row */
  hash: Bytes
}

export interface CaseLeaf extends CaseHead {
  /**
   * see factsHash; zeros when the log proves nothing, or when only a newer version of this code
   * understands the log
   */
  facts: Bytes
}

/** Joins heads, which must be in ascending order of case id. */
export const writeHeads = (heads: readonly CaseHead[]): Bytes =>
  concat(...heads.flatMap(({ caseId, n, hash }) => [caseId, u32(n), hash]))

/**
 * Splits heads.
 *
 * @throws Refusal `malformed` for broken heads, or for ids that are not in ascending order
 */
export const splitHeads = (heads: Bytes): CaseHead[] => split(heads, HEAD_BYTES).map(headIn)

/** Joins leaves, which must be in ascending order of case id. */
export const writeLeaves = (leaves: readonly CaseLeaf[]): Bytes =>
  concat(...leaves.flatMap(({ caseId, n, hash, facts }) => [caseId, u32(n), hash, facts]))

/**
 * Splits leaves.
 *
 * @throws Refusal `malformed` for broken leaves, or for ids that are not in ascending order
 */
export const readLeaves = (leaves: Bytes): CaseLeaf[] =>
  split(leaves, LEAF_BYTES).map((leaf) => ({ ...headIn(leaf), facts: leaf.subarray(HEAD_BYTES) }))

const headIn = (leaf: Bytes): CaseHead => ({
  caseId: leaf.subarray(0, ID_BYTES),
  n: readU32(leaf, ID_BYTES),
  hash: leaf.subarray(ID_BYTES + 4, HEAD_BYTES),
})

function split(joined: Bytes, length: number): Bytes[] {
  if (joined.length % length !== 0) throw new Refusal('malformed')
  const parts = Array.from({ length: joined.length / length }, (_, at) =>
    joined.subarray(at * length, (at + 1) * length),
  )
  const ascends = parts.every((part, at) => {
    const before = parts[at - 1]
    return !before || isAfter(part.subarray(0, ID_BYTES), before)
  })
  if (!ascends) throw new Refusal('malformed')
  return parts
}

function isAfter(id: Bytes, before: Bytes): boolean {
  const at = id.findIndex((byte, place) => byte !== before[place])
  return (id[at] ?? 0) > (before[at] ?? 0)
}
