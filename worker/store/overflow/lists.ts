// Lists and counts the objects in the overflow and the quarantine without reading any of them.
import { WAITING_SHOWN } from '#protocol/staff/list/counts'
import { OVERFLOW, QUARANTINE, type Partition } from './partitions.ts'

/** Returns true when the overflow or the quarantine contains an object. */
export async function anythingWaits(bucket: R2Bucket): Promise<boolean> {
  for (const prefix of [OVERFLOW, QUARANTINE])
    if ((await bucket.list({ prefix, limit: 1 })).objects.length > 0) return true
  return false
}

/**
 * Counts the objects that are waiting and those in quarantine.
 *
 * @returns two numbers; WAITING_SHOWN means "that many or more"
 */
export async function countWaiting(bucket: R2Bucket): Promise<{ waiting: number; aside: number }> {
  const [waiting = 0, aside = 0] = await Promise.all(
    [OVERFLOW, QUARANTINE].map(
      async (prefix) => (await bucket.list({ prefix, limit: WAITING_SHOWN })).objects.length,
    ),
  )
  return { waiting, aside }
}

/**
 * Lists the objects in a partition that follow a key, in key order.
 *
 * @param after  the last key that was listed, or empty
 * @param limit  null for as many as R2 lists in one call
 */
export async function listAfter(
  bucket: R2Bucket,
  partition: Partition,
  after: string,
  limit: number | null,
): Promise<{ objects: R2Object[]; isEnd: boolean }> {
  const { objects, truncated } = await bucket.list({
    prefix: `${OVERFLOW}${partition}/`,
    ...(after !== '' && { startAfter: after }),
    ...(limit !== null && { limit }),
  })
  return { objects, isEnd: !truncated }
}

/**
 * Lists up to `limit` objects of a folder, starting after a key and wrapping around. If the key is
 * random, no object can block the others permanently.
 */
export async function listFrom(
  bucket: R2Bucket,
  prefix: string,
  limit: number,
  startAfter: string,
): Promise<R2Object[]> {
  const { objects: after } = await bucket.list({ prefix, limit, startAfter })
  if (after.length === limit) return after
  const { objects: before } = await bucket.list({ prefix, limit: limit - after.length })
  const found = new Map([...after, ...before].map((object) => [object.key, object]))
  return [...found.values()]
}
