// Reports that the database could not take, or should not take now: they wait in R2 until upkeep/drain.ts puts them in.
// A key holds the report's own random id, so nothing tells an order, and the same report again is the same object.
import { fromB64, toB64, type Bytes } from '#protocol/bytes'
import { WAITING_SHOWN } from '#protocol/staff'
import type { SealedReport, Sealer } from './reports.ts'

/**
 * In which they wait: reports for lane A, reports for lane B, and follow-ups that have not met their thread; of each, those that
 * speak of danger by themselves, so that none lies behind others.
 */
const TRAYS = ['da', 'db', 'df', 'a', 'b', 'f'] as const
export type Tray = (typeof TRAYS)[number]
const REPORT_TRAYS = ['da', 'db', 'a', 'b'] as const
/** Trays of lane B, and where a report of each is raised to. */
const RAISED = { db: 'da', b: 'a' } as const

/** Only what stands outside the seal decides. @param joins it may belong to a thread */
export function trayFor({ lane, danger }: SealedReport, joins: boolean): Tray {
  const kind = joins ? 'f' : lane === 'A' ? 'a' : 'b'
  return danger ? `d${kind}` : kind
}

/** What is kept beside an envelope; all else is in its header. */
export interface WaitingReport {
  envelope: Bytes
  sealedBy: Sealer
  receivedDay: string
  /** SHA-256 of the write token that a follow-up came with */
  tokenHash: Bytes | null
}

/** What is known of a report that came. */
export interface Waiting {
  tokenHash: Bytes | null
  /** it came in a flood, where a check could raise it */
  couldRise: boolean
}

const FOLDER = 'overflow/'
const ASIDE = 'aside/'
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
  { tokenHash, couldRise }: Waiting,
): Promise<boolean> {
  const key = keyOf(tray, id)
  const hash = toB64(envelopeHash)
  const put = await bucket.put(key, envelope, {
    ...FIRST,
    customMetadata: {
      ...{ hash, sealedBy, receivedDay },
      ...(tokenHash && { tokenHash: toB64(tokenHash) }),
      ...(couldRise && { couldRise: 'yes' }),
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

/** Whether this very envelope waits, and could be raised by a check there; null when it does not wait. */
export async function findWaiting(
  bucket: R2Bucket,
  { id, danger, envelopeHash }: Pick<SealedReport, 'id' | 'danger' | 'envelopeHash'>,
): Promise<Pick<Waiting, 'couldRise'> | null> {
  const hash = toB64(envelopeHash)
  const trays = TRAYS.filter((tray) => tray.startsWith('d') === danger)
  const there = await Promise.all(
    trays.map(async (tray) => ({ tray, known: await bucket.head(keyOf(tray, id)) })),
  )
  const same = there.filter(({ known }) => known?.customMetadata?.['hash'] === hash)
  if (same.length === 0) return null
  const couldRise = same.every(
    ({ tray, known }) => tray in RAISED && known?.customMetadata?.['couldRise'] === 'yes',
  )
  return { couldRise }
}

/** Whether anything waits, in any tray. */
export const anythingWaits = async (bucket: R2Bucket): Promise<boolean> =>
  (await bucket.list({ prefix: FOLDER, limit: 1 })).objects.length > 0

/** Whether any report waits, follow-ups aside. */
export async function anyReportWaits(bucket: R2Bucket): Promise<boolean> {
  for (const tray of REPORT_TRAYS)
    if ((await bucket.list({ prefix: folderOf(tray), limit: 1 })).objects.length > 0) return true
  return false
}

/** How many objects lie in all trays, and how many were set aside; WAITING_SHOWN stands for that many or more. */
export async function countWaiting(bucket: R2Bucket): Promise<{ waiting: number; aside: number }> {
  const [waiting = 0, aside = 0] = await Promise.all(
    [FOLDER, ASIDE].map(
      async (prefix) => (await bucket.list({ prefix, limit: WAITING_SHOWN })).objects.length,
    ),
  )
  return { waiting, aside }
}

/** At most `limit` keys of a tray, from a place of `start` on and round. */
export const listWaiting = async (
  bucket: R2Bucket,
  tray: Tray,
  limit: number,
  start: Bytes,
): Promise<string[]> =>
  (await listFrom(bucket, folderOf(tray), limit, keyOf(tray, start))).map(({ key }) => key)

/** At most `limit` objects of a folder, from a key on and round: no object can bar the way to the others for good. */
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

/** Moves what nobody here can judge out of the way, and keeps it beside another of that name. */
export async function setAside(bucket: R2Bucket, key: string): Promise<void> {
  const aside = key.replace(FOLDER, ASIDE)
  const hash = (await bucket.head(key))?.customMetadata?.['hash'] ?? ''
  if (!(await move(bucket, key, aside))) await move(bucket, key, `${aside}.${hash}`)
}

/**
 * Moves a report from a tray of lane B to that of lane A.
 *
 * @returns false when it waits in neither
 */
export async function raiseWaiting(bucket: R2Bucket, id: Bytes): Promise<boolean> {
  let raised = false
  for (const [from, to] of [
    ['db', RAISED.db],
    ['b', RAISED.b],
  ] as const)
    raised ||=
      (await move(bucket, keyOf(from, id), keyOf(to, id))) ||
      (await bucket.head(keyOf(to, id))) !== null
  return raised
}

/** @returns false when there is nothing to move, or another envelope lies there already: then both stay where they are */
async function move(bucket: R2Bucket, from: string, to: string): Promise<boolean> {
  const object = await bucket.get(from)
  if (!object) return false
  const put = await bucket.put(to, await object.arrayBuffer(), {
    ...FIRST,
    ...(object.customMetadata && { customMetadata: object.customMetadata }),
  })
  if (put === null) {
    const there = await bucket.head(to)
    if (there?.customMetadata?.['hash'] !== object.customMetadata?.['hash']) return false
  }
  await bucket.delete(from)
  return true
}
