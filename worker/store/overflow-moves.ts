// Moves objects of the overflow into quarantine, or from lane B to lane A. Lists the quarantine.
import type { Bytes } from '#protocol/bytes'
import {
  FIRST,
  keyOf,
  listFrom,
  OVERFLOW,
  PARTITIONS,
  PROMOTED_TO,
  QUARANTINE,
  type Partition,
} from './overflow.ts'

/** Moves an object that the drain cannot judge into quarantine. */
export async function quarantine(bucket: R2Bucket, key: string): Promise<void> {
  await move(bucket, key, key.replace(OVERFLOW, QUARANTINE))
}

/** Lists up to `limit` keys of the quarantine, starting at a random place and wrapping around. */
export async function listQuarantined(
  bucket: R2Bucket,
  limit: number,
  random: Bytes,
): Promise<string[]> {
  const partition = PARTITIONS[(random[0] ?? 0) % PARTITIONS.length] ?? 'a'
  const start = keyOf(partition, random).replace(OVERFLOW, QUARANTINE)
  return (await listFrom(bucket, QUARANTINE, limit, start)).map(({ key }) => key)
}

/** Reads the partition in a key of the quarantine. Null for a key that names no partition. */
export const partitionOf = (key: string): Partition | null =>
  PARTITIONS.find((partition) => key.startsWith(`${QUARANTINE}${partition}/`)) ?? null

/**
 * Moves a report from a partition of lane B to the one of lane A.
 *
 * @returns false when the report waits in no partition of lane B, and in no target partition
 */
export async function promoteWaiting(bucket: R2Bucket, id: Bytes): Promise<boolean> {
  let isPromoted = false
  for (const [from, to] of [
    ['urgent-b', PROMOTED_TO['urgent-b']],
    ['b', PROMOTED_TO.b],
  ] as const)
    isPromoted ||=
      (await move(bucket, keyOf(from, id), keyOf(to, id))) ||
      (await bucket.head(keyOf(to, id))) !== null
  return isPromoted
}

/** Moves an object. @returns false when there is no object */
async function move(bucket: R2Bucket, from: string, to: string): Promise<boolean> {
  const object = await bucket.get(from)
  if (!object) return false
  await bucket.put(to, await object.arrayBuffer(), {
    ...FIRST,
    ...(object.customMetadata && { customMetadata: object.customMetadata }),
  })
  await bucket.delete(from)
  return true
}
