// Finds and deletes the waiting reports that a discard covers. The search reads only metadata, and
// skips the partitions of follow-ups.
import { toB64, type Bytes } from '#protocol/bytes'
import { WAITING_SHOWN } from '#protocol/staff/list/counts'
import type { DiscardPredicate } from '#protocol/staff/list/discard'
import {
  gradeIn,
  isFollowUpPartition,
  isUrgent,
  keyOf,
  partitionIn,
  PARTITIONS,
  type Partition,
} from './partitions.ts'

/** Maximum number of list calls for one count. A call returns up to 1,000 objects. */
const COUNT_LISTS = 40

interface CoveredPage {
  /** keys of covered objects */
  keys: string[]
  /** the position after the page; null after the last partition */
  next: string | null
}

/**
 * Lists the next objects that the discard covers. All objects of a page are in one partition.
 *
 * @param place  the last key that was listed; empty at the beginning
 */
async function listCovered(
  bucket: R2Bucket,
  predicate: DiscardPredicate,
  place: string,
): Promise<CoveredPage> {
  const partitions = partitionsOf(predicate)
  const partition = partitionIn(place) ?? partitions[0] ?? '0'
  const { objects, truncated } = await bucket.list({
    prefix: keyOf(partition, ''),
    include: ['customMetadata'],
    ...(place !== '' && { startAfter: place }),
  })
  const keys = objects.filter((object) => isCovered(object, predicate)).map(({ key }) => key)
  const last = objects.at(-1)
  if (truncated && last) return { keys, next: last.key }
  const following = partitions[partitions.indexOf(partition) + 1]
  return { keys, next: following ? keyOf(following, '') : null }
}

const partitionsOf = ({ grade, danger }: DiscardPredicate): Partition[] =>
  PARTITIONS.filter(
    (name) => !isFollowUpPartition(name) && gradeIn(name) <= grade && (danger || !isUrgent(name)),
  )

function isCovered(
  { customMetadata }: R2Object,
  { from, to, sealedBy, keep }: DiscardPredicate,
): boolean {
  const receivedDay = customMetadata?.['received-day']
  const reportId = customMetadata?.['report-id']
  if (!receivedDay || !reportId || customMetadata['token-hash']) return false
  return (
    receivedDay >= from &&
    receivedDay <= to &&
    [customMetadata['sealed-by'], 'both'].includes(sealedBy) &&
    !keep.includes(reportId)
  )
}

/**
 * Deletes covered objects after a position. A run that stops early can be repeated; the repeated
 * run also deletes nothing but covered objects.
 *
 * @param lists  maximum number of list calls, each followed by one call that deletes up to 1,000
 *   objects
 */
export async function dropCovered(
  bucket: R2Bucket,
  predicate: DiscardPredicate,
  place: string,
  lists: number,
): Promise<{ place: string | null; removed: number }> {
  let at: string | null = place
  let removed = 0
  for (let list = 0; list < lists && at !== null; list++) {
    const { keys, next }: CoveredPage = await listCovered(bucket, predicate, at)
    if (keys.length > 0) await bucket.delete(keys)
    removed += keys.length
    at = next
  }
  return { place: at, removed }
}

/**
 * Finds covered objects, beginning at a random position in each partition. A stranger therefore
 * cannot choose names that are always found first.
 *
 * @returns at least WAITING_SHOWN keys if COUNT_LISTS calls find that many, and whether all keys
 *   were listed
 */
export async function findCovered(
  bucket: R2Bucket,
  predicate: DiscardPredicate,
  random: Bytes,
): Promise<{ keys: string[]; isAll: boolean }> {
  const found = new Set<string>()
  let lists = 0
  for (const partition of partitionsOf(predicate)) {
    for (const start of [keyOf(partition, toB64(random)), keyOf(partition, '')])
      for (let at: string | null = start; at !== null;) {
        if (found.size >= WAITING_SHOWN || lists++ === COUNT_LISTS)
          return { keys: [...found], isAll: false }
        const { keys, next }: CoveredPage = await listCovered(bucket, predicate, at)
        for (const key of keys) found.add(key)
        at = next !== null && partitionIn(next) === partition ? next : null
      }
  }
  return { keys: [...found], isAll: true }
}
