// Stores the leaves of checkpoints in R2, each under the hash of its row in the ledger. Two rows
// with the same number, one before and one after a restore, have separate objects.
import { concat, toB64, type Bytes } from '#protocol/bytes'
import { bucketPlace, hashesOf, INDEX_BYTES } from '#protocol/staff/ledger/checkpoint'
import { DAY_MS } from '#protocol/limits'
import type { Database } from '../database.ts'
import { FIRST } from '../overflow/objects.ts'
import { newestHashes } from './chain-rows.ts'

const FOLDER = 'checkpoints/'
const nameOf = (rowHash: Bytes): string => FOLDER + toB64(rowHash)

/**
 * Checkpoints are kept longer than Time Travel reaches back, because a restored ledger needs its
 * old checkpoint.
 */
const KEPT_MS = 40 * DAY_MS

/** Stores a checkpoint, unless the storage already has one for this row: the first one is kept. */
export async function putCheckpoint(
  bucket: R2Bucket,
  rowHash: Bytes,
  stored: Bytes,
): Promise<void> {
  await bucket.put(nameOf(rowHash), stored, FIRST)
}

/** Returns a complete checkpoint as a stream; null when the storage has none. */
export const findCheckpoint = async (
  bucket: R2Bucket,
  rowHash: Bytes,
): Promise<ReadableStream | null> => (await bucket.get(nameOf(rowHash)))?.body ?? null

/**
 * Returns the 256 hashes ‖ the leaves of one bucket; null when the storage has no such checkpoint.
 */
export async function findBucket(
  bucket: R2Bucket,
  rowHash: Bytes,
  number: number,
): Promise<Bytes | null> {
  const name = nameOf(rowHash)
  const index = await readRange(bucket, name, { offset: 0, length: INDEX_BYTES })
  if (!index) return null
  const place = bucketPlace(index, number)
  // R2 refuses a range of zero bytes.
  if (place.length === 0) return hashesOf(index)
  const leaves = await readRange(bucket, name, place)
  return leaves && concat(hashesOf(index), leaves)
}

async function readRange(
  bucket: R2Bucket,
  name: string,
  range: { offset: number; length: number },
): Promise<Bytes | null> {
  const object = await bucket.get(name, { range })
  return object && new Uint8Array(await object.arrayBuffer())
}

/**
 * Deletes checkpoints that a restored ledger can no longer refer to. Keeps the newest old
 * checkpoint that the ledger names, because a restored ledger may end before the next one. The
 * leaves of a refused row do not count as a checkpoint.
 *
 * @param now  ms since 1970
 */
export async function deleteOldCheckpoints(
  { db, bucket }: { db: Database; bucket: R2Bucket },
  now: number,
): Promise<void> {
  const { objects } = await bucket.list({ prefix: FOLDER })
  const old = objects
    .filter(({ uploaded }) => uploaded.getTime() < now - KEPT_MS)
    .sort((a, b) => b.uploaded.getTime() - a.uploaded.getTime())
  if (old.length < 2) return
  const hashes = await newestHashes(db, 'checkpoint.sign', objects.length)
  const named = new Set(hashes.map(nameOf))
  const kept = old.findIndex(({ key }) => named.has(key))
  const ended = old.slice(Math.max(kept, 0) + 1)
  if (ended.length > 0) await bucket.delete(ended.map(({ key }) => key))
}
