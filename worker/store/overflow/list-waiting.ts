// Reads the waiting objects in R2, for the staff. Reading does not move the objects.
import { reportIdOf } from '#protocol/report/envelope'
import { WAITING_PAGE } from '#protocol/staff/list/waiting'
import { readWaiting } from './objects.ts'
import type { FoundReport } from '../reports/discard-matches.ts'
import { gradeIn, isUrgent, keyOf, partitionIn, type Partition } from './partitions.ts'

/** A page of objects. */
export interface WaitingObjects {
  objects: { name: string; report: FoundReport }[]
  /** name of the last object of the page; null on the last page */
  next: string | null
}

/** Reads a page of a partition. @param after  name of the last object before the page, or null */
export async function readWaitingPage(
  bucket: R2Bucket,
  partition: Partition,
  after: string | null,
): Promise<WaitingObjects> {
  const prefix = keyOf(partition, '')
  const { objects, truncated } = await bucket.list({
    prefix,
    limit: WAITING_PAGE,
    ...(after !== null && { startAfter: keyOf(partition, after) }),
  })
  const page = await Promise.all(
    objects.map(async ({ key }) => ({
      name: key.slice(prefix.length),
      report: await findWaitingReport(bucket, key),
    })),
  )
  return {
    // The drain may have taken an object since the list was made.
    objects: page.flatMap(({ name, report }) => (report ? [{ name, report }] : [])),
    next: truncated ? (page.at(-1)?.name ?? null) : null,
  }
}

/**
 * Reads the waiting object under a key. Returns null if there is no object, or for an object that
 * putWaiting did not write.
 */
export async function findWaitingReport(
  bucket: R2Bucket,
  key: string,
): Promise<FoundReport | null> {
  const partition = partitionIn(key)
  const waiting = partition && (await readWaiting(bucket, key))
  if (!waiting) return null
  const { receivedDay, sealedBy, envelope } = waiting
  return {
    id: await reportIdOf(envelope),
    day: receivedDay,
    danger: isUrgent(partition),
    grade: gradeIn(partition),
    sealedBy,
    envelope,
  }
}
