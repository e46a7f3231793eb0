// Computes the digest of a checkpoint over the heads of all case logs. The first byte of the case
// id sorts the heads into 256 buckets. A proof about one case then needs only one bucket.
//
// A stored checkpoint is 256 bucket hashes (32 each) ‖ 256 leaf counts (4 each) ‖ all leaves.
import { concat, readU32, sameBytes, sha256, u32, utf8, type Bytes } from '../../bytes.ts'
import { Refusal } from '../../errors.ts'
import { HASH_BYTES } from '../../limits.ts'
import { LEAF_BYTES, readLeaves, type CaseLeaf } from './checkpoint-leaves.ts'

const BUCKETS = 256
const HASHES_BYTES = BUCKETS * HASH_BYTES
/** Length of the part before the leaves in a stored checkpoint. */
export const INDEX_BYTES = HASHES_BYTES + BUCKETS * 4
/** Number of heads on one page of `GET case-heads`. */
export const HEADS_PAGE = 1000
/** Maximum number of leaves in a checkpoint; the edge holds all of them in memory at once. */
const MAX_LEAVES = 200_000

/** Builds a stored checkpoint. @throws Refusal `malformed` as in readLeaves */
export async function writeCheckpoint(leaves: Bytes): Promise<Bytes> {
  const counts = new Array<number>(BUCKETS).fill(0)
  for (const { caseId } of readLeaves(leaves)) {
    const bucket = caseId[0] ?? 0
    counts[bucket] = (counts[bucket] ?? 0) + 1
  }
  const ends = endsOf(counts)
  const hashes = await Promise.all(
    ends.map((end, bucket) =>
      sha256(leaves.subarray((ends[bucket - 1] ?? 0) * LEAF_BYTES, end * LEAF_BYTES)),
    ),
  )
  return concat(...hashes, ...counts.map(u32), leaves)
}

/**
 * Hashes a checkpoint: SHA-256(`oasis/v2/checkpoint` ‖ 256 bucket hashes). A bucket hash is the
 * SHA-256 of the bucket's leaves.
 *
 * @param begin  bytes that begin with the 256 hashes, such as a stored checkpoint
 */
export const checkpointDigest = (begin: Bytes): Promise<Bytes> =>
  sha256(utf8('oasis/v2/checkpoint'), begin.subarray(0, HASHES_BYTES))

/** Returns the leaves of a stored checkpoint. */
export const leavesOf = (stored: Bytes): Bytes => stored.subarray(INDEX_BYTES)

/** Returns the position of one bucket's leaves in a stored checkpoint, in bytes. */
export function bucketPlace(index: Bytes, bucket: number): { offset: number; length: number } {
  const ends = endsOf(readCounts(index))
  const start = ends[bucket - 1] ?? 0
  const count = (ends[bucket] ?? start) - start
  return { offset: INDEX_BYTES + start * LEAF_BYTES, length: count * LEAF_BYTES }
}

/**
 * Returns true when a stored checkpoint contains exactly `cases` leaves, according to both its
 * index and its length.
 */
export const hasSize = (stored: Bytes, cases: number): boolean =>
  stored.length === INDEX_BYTES + cases * LEAF_BYTES && endsOf(readCounts(stored)).at(-1) === cases

const readCounts = (index: Bytes): number[] =>
  Array.from({ length: BUCKETS }, (_, bucket) => readU32(index, HASHES_BYTES + bucket * 4))

function endsOf(counts: readonly number[]): number[] {
  let sum = 0
  return counts.map((count) => (sum += count))
}

/**
 * Finds the leaf of a case in a response, which contains the 256 hashes ‖ one bucket's leaves.
 *
 * @param digest  the digest of the signed checkpoint, 32 bytes
 * @returns null when the checkpoint has no such case
 * @throws Refusal `malformed` when the bytes do not match the digest
 */
export async function leafInBucket(
  sent: Bytes,
  caseId: Bytes,
  digest: Bytes,
): Promise<CaseLeaf | null> {
  const bucket = caseId[0] ?? 0
  const leaves = sent.subarray(HASHES_BYTES)
  const known = sent.subarray(bucket * HASH_BYTES, (bucket + 1) * HASH_BYTES)
  const isOurs =
    sent.length >= HASHES_BYTES &&
    sameBytes(await sha256(leaves), known) &&
    sameBytes(await checkpointDigest(sent), digest)
  if (!isOurs) throw new Refusal('malformed')
  return readLeaves(leaves).find((leaf) => sameBytes(leaf.caseId, caseId)) ?? null
}

/** Returns the 256 hashes of a stored checkpoint, with which the response for a bucket begins. */
export const hashesOf = (index: Bytes): Bytes => index.subarray(0, HASHES_BYTES)

/** Builds the body of `POST checkpoints`: length of the JSON (4) ‖ JSON ‖ stored checkpoint. */
export function writeUpload(signed: object, stored: Bytes): Bytes {
  const json = utf8(JSON.stringify(signed))
  return concat(u32(json.length), json, stored)
}

/** Splits the body of `POST checkpoints`. @throws Refusal `malformed` */
export function readUpload(body: Bytes): { json: Bytes; stored: Bytes } {
  const end = 4 + (body.length < 4 ? Infinity : readU32(body))
  if (end + INDEX_BYTES > body.length) throw new Refusal('malformed')
  return { json: body.subarray(4, end), stored: body.subarray(end) }
}

/** The maximum length of the body of `POST checkpoints`, with room for the signed change. */
export const MAX_UPLOAD_BYTES = INDEX_BYTES + MAX_LEAVES * LEAF_BYTES + 16 * 1024
