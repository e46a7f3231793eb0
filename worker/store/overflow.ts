// Reports that the database could not take, or should not take now: they wait in R2 until upkeep/drain.ts puts them in.
// A key holds the report's own random id, so nothing tells an order, and the same report again is the same object.
import { fromB64, toB64, type Bytes } from '#protocol/bytes'
import type { SealedReport, Sealer } from './reports.ts'

/** In which they wait: reports for lane A, reports for lane B, and follow-ups that have not met their thread. */
export const TRAYS = ['a', 'b', 'f'] as const
export type Tray = (typeof TRAYS)[number]

/** What is kept beside an envelope; all else is in its header. */
export interface WaitingReport {
  envelope: Bytes
  sealedBy: Sealer
  receivedDay: string
  /** SHA-256 of the write token that a follow-up came with */
  tokenHash: Bytes | null
}

const FOLDER = 'overflow/'
const folderOf = (tray: Tray): string => `${FOLDER}${tray}/`
const keyOf = (tray: Tray, id: Bytes): string => `${folderOf(tray)}${toB64(id)}`

/** Only where nothing lies yet: of two that come at once, one is first. */
const FIRST: R2PutOptions = { onlyIf: { etagDoesNotMatch: '*' } }

/**
 * Puts a report into a tray, once.
 *
 * @returns false when another envelope with this id waits there
 */
export async function keepWaiting(
  bucket: R2Bucket,
  tray: Tray,
  { id, envelope, envelopeHash, sealedBy, receivedDay }: SealedReport,
  tokenHash: Bytes | null,
): Promise<boolean> {
  const key = keyOf(tray, id)
  const hash = toB64(envelopeHash)
  const put = await bucket.put(key, envelope, {
    ...FIRST,
    customMetadata: {
      ...{ hash, sealedBy, receivedDay },
      ...(tokenHash && { tokenHash: toB64(tokenHash) }),
    },
  })
  if (put !== null) return true
  const there = await bucket.head(key)
  // Gone meanwhile: drained, and so in the database.
  return there === null || there.customMetadata?.['hash'] === hash
}

/** Whether a report or follow-up with this id waits in any tray. */
export async function isWaiting(bucket: R2Bucket, id: Bytes): Promise<boolean> {
  const there = await Promise.all(TRAYS.map((tray) => bucket.head(keyOf(tray, id))))
  return there.some((each) => each !== null)
}

/** Whether any report waits, follow-ups aside. */
export async function anyReportWaits(bucket: R2Bucket): Promise<boolean> {
  for (const tray of ['a', 'b'] as const)
    if ((await bucket.list({ prefix: folderOf(tray), limit: 1 })).objects.length > 0) return true
  return false
}

/** At most `limit` keys of a tray, from a place of `start` on and round: no object can bar the way to the others for good. */
export async function listWaiting(
  bucket: R2Bucket,
  tray: Tray,
  limit: number,
  start: Bytes,
): Promise<string[]> {
  const prefix = folderOf(tray)
  const after = await bucket.list({ prefix, limit, startAfter: keyOf(tray, start) })
  const keys = after.objects.map(({ key }) => key)
  if (keys.length === limit) return keys
  const { objects } = await bucket.list({ prefix, limit: limit - keys.length })
  return [...new Set([...keys, ...objects.map(({ key }) => key)])]
}

/** What lies under a key, or null when it is gone or was not put there by keepWaiting. */
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

export const dropWaiting = (bucket: R2Bucket, keys: string[]): Promise<void> =>
  keys.length > 0 ? bucket.delete(keys) : Promise.resolve()

/** Moves what nobody here can judge out of the way, and keeps it. */
export async function setAside(bucket: R2Bucket, key: string): Promise<void> {
  await move(bucket, key, key.replace(FOLDER, 'aside/'))
}

/**
 * Moves a report from lane B's tray to lane A's.
 *
 * @returns false when it waits in neither
 */
export async function raiseWaiting(bucket: R2Bucket, id: Bytes): Promise<boolean> {
  const raised = keyOf('a', id)
  return (await move(bucket, keyOf('b', id), raised)) || (await bucket.head(raised)) !== null
}

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
