// Stores reports in R2 while the database cannot or should not take them.
// The key of an object is the report's id, a hash, so that a folder reveals no order of arrival.
import { fromB64, toB64, type Bytes } from '#protocol/bytes'
import { WAITING_SHOWN } from '#protocol/staff/cases'
import type { ArrivedReport, Sealer } from './reports.ts'

/**
 * The folders of the overflow: reports for lane A, for lane B, and follow-ups for a thread.
 * Reports with danger have folders of their own, so that danger never waits for other reports.
 */
export const PARTITIONS = ['urgent-a', 'urgent-b', 'urgent-followup', 'a', 'b', 'followup'] as const
export type Partition = (typeof PARTITIONS)[number]
const REPORT_PARTITIONS = ['urgent-a', 'urgent-b', 'a', 'b'] as const

/** The partition that receives a report of lane B after a check. */
export const PROMOTED_TO = { 'urgent-b': 'urgent-a', b: 'a' } as const
const isOfLaneB = (partition: Partition): boolean => partition in PROMOTED_TO

/** Returns the partition of a report. @param mayJoin  the report may belong to a thread */
export function partitionFor({ lane, danger }: ArrivedReport, mayJoin: boolean): Partition {
  const kind = mayJoin ? 'followup' : lane === 'A' ? 'a' : 'b'
  return danger ? `urgent-${kind}` : kind
}

/** A report as R2 holds it. All other facts are in the header of the envelope. */
export interface WaitingReport {
  envelope: Bytes
  sealedBy: Sealer
  receivedDay: string
  /** SHA-256 of the write token of a follow-up */
  tokenHash: Bytes | null
}

/** The facts that the overflow notes of an arriving report. */
export interface Waiting {
  tokenHash: Bytes | null
  /** the report arrived in a flood, so a check may promote the report */
  canBePromoted: boolean
}

export const OVERFLOW = 'overflow/'
export const QUARANTINE = 'quarantine/'
const folderOf = (partition: Partition): string => `${OVERFLOW}${partition}/`
export const keyOf = (partition: Partition, id: Bytes): string =>
  `${folderOf(partition)}${toB64(id)}`

/** Makes a put fail when the key exists, so that only the first of two puts succeeds. */
export const FIRST: R2PutOptions & { onlyIf: R2Conditional } = { onlyIf: { etagDoesNotMatch: '*' } }

/** Puts a report into a partition, once. A copy that already waits there does not change. */
export async function putWaiting(
  bucket: R2Bucket,
  partition: Partition,
  { id, envelope, sealedBy, receivedDay }: ArrivedReport,
  { tokenHash, canBePromoted }: Waiting,
): Promise<void> {
  await bucket.put(keyOf(partition, id), envelope, {
    ...FIRST,
    customMetadata: {
      sealedBy,
      receivedDay,
      ...(tokenHash && { tokenHash: toB64(tokenHash) }),
      ...(canBePromoted && { canBePromoted: 'yes' }),
    },
  })
}

/** Returns true when a report or follow-up with this id waits in any partition. */
export async function isWaiting(bucket: R2Bucket, id: Bytes): Promise<boolean> {
  const present = await Promise.all(
    PARTITIONS.map((partition) => bucket.head(keyOf(partition, id))),
  )
  return present.some((object) => object !== null)
}

/** Finds a waiting report. Returns whether a check may promote the report, or null. */
export async function findWaiting(
  bucket: R2Bucket,
  { id, danger }: Pick<ArrivedReport, 'id' | 'danger'>,
): Promise<Pick<Waiting, 'canBePromoted'> | null> {
  const partitions = PARTITIONS.filter((name) => name.startsWith('urgent-') === danger)
  const present = await Promise.all(
    partitions.map(async (partition) => ({
      partition,
      object: await bucket.head(keyOf(partition, id)),
    })),
  )
  const waiting = present.filter(({ object }) => object !== null)
  if (waiting.length === 0) return null
  const canBePromoted = waiting.every(
    ({ partition, object }) =>
      isOfLaneB(partition) && object?.customMetadata?.['canBePromoted'] === 'yes',
  )
  return { canBePromoted }
}

/** Lists the overflow and the quarantine. Returns true when one of them holds an object. */
export async function anythingWaits(bucket: R2Bucket): Promise<boolean> {
  for (const prefix of [OVERFLOW, QUARANTINE])
    if ((await bucket.list({ prefix, limit: 1 })).objects.length > 0) return true
  return false
}

/** Returns true when a report that is no follow-up waits. */
export async function anyReportWaits(bucket: R2Bucket): Promise<boolean> {
  for (const partition of REPORT_PARTITIONS)
    if ((await bucket.list({ prefix: folderOf(partition), limit: 1 })).objects.length > 0)
      return true
  return false
}

/**
 * Counts the objects that wait and those in quarantine.
 *
 * @returns at most WAITING_SHOWN of each, which then means "that many or more"
 */
export async function countWaiting(bucket: R2Bucket): Promise<{ waiting: number; aside: number }> {
  const [waiting = 0, aside = 0] = await Promise.all(
    [OVERFLOW, QUARANTINE].map(
      async (prefix) => (await bucket.list({ prefix, limit: WAITING_SHOWN })).objects.length,
    ),
  )
  return { waiting, aside }
}

/** Lists up to `limit` keys of a partition, starting after the id `start` and wrapping around. */
export const listWaiting = async (
  bucket: R2Bucket,
  partition: Partition,
  limit: number,
  start: Bytes,
): Promise<string[]> =>
  (await listFrom(bucket, folderOf(partition), limit, keyOf(partition, start))).map(
    ({ key }) => key,
  )

/**
 * Lists up to `limit` objects of a folder, starting after a key and wrapping around.
 * With random keys no object can block the others for good.
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

/** Reads the object under a key. Null without an object, or for an object not from putWaiting. */
export async function readWaiting(bucket: R2Bucket, key: string): Promise<WaitingReport | null> {
  const object = await bucket.get(key)
  const { sealedBy, receivedDay, tokenHash } = object?.customMetadata ?? {}
  if (!object || !receivedDay) return null
  return {
    envelope: new Uint8Array(await object.arrayBuffer()),
    sealedBy: sealedBy === 'worker' ? 'worker' : 'device',
    receivedDay,
    tokenHash: tokenHash ? fromB64(tokenHash) : null,
  }
}

/** Deletes objects by their keys. */
export const dropWaiting = (bucket: R2Bucket, keys: string[]): Promise<void> =>
  keys.length > 0 ? bucket.delete(keys) : Promise.resolve()
