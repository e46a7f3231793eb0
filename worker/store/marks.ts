// Keeps short-lived marks in R2 objects, because R2 keeps no history. All marks of a kind are in
// one object, so that a hit needs the same calls as a miss.
import { concat, sameBytes, type Bytes } from '#protocol/bytes'
import { FIRST } from './overflow/objects.ts'

/** A kind of mark. */
export interface MarkKind {
  /** name of the object */
  name: string
  /** length of a mark's value, which is the same for all marks of the kind */
  valueBytes: number
  /** maximum number of marks at any time; when it is reached, the oldest mark is dropped */
  most: number
}

export interface StoredMark {
  /** 32 bytes */
  key: Bytes
  /** milliseconds since 1970 */
  until: number
  value: Bytes
}

const KEY_BYTES = 32
const TRIES = 3
// Key (32) ‖ expiry in milliseconds (8, big endian) ‖ value, for each mark.
const TIME_BYTES = 8
const HEAD_BYTES = KEY_BYTES + TIME_BYTES

/**
 * Stores a mark in place of any older mark with the same key, and drops expired marks. Gives up if
 * a colleague's write comes first on every try, because a mark is renewed soon anyway.
 */
export async function putMark(
  bucket: R2Bucket,
  kind: MarkKind,
  mark: StoredMark,
  now: number,
): Promise<void> {
  for (let tried = 0; tried < TRIES; tried++) {
    const { marks, etag } = await readStored(bucket, kind, now)
    const others = marks.filter(({ key }) => !sameBytes(key, mark.key))
    const next = [...others.slice(1 - kind.most), mark]
    const condition = etag === null ? FIRST : { onlyIf: { etagMatches: etag } }
    const stored = await bucket.put(kind.name, concat(...next.map(writeMark)), condition)
    if (stored) return
  }
}

/**
 * Lists the marks of a kind that have not expired. Makes exactly one call, whether or not there are
 * any marks.
 */
export const readMarks = async (
  bucket: R2Bucket,
  kind: MarkKind,
  now: number,
): Promise<StoredMark[]> => (await readStored(bucket, kind, now)).marks

/**
 * Deletes the object of a kind when all its marks have expired. A mark that is stored at the same
 * moment may be lost.
 */
export async function dropExpiredMarks(
  bucket: R2Bucket,
  kind: MarkKind,
  now: number,
): Promise<void> {
  const { marks, etag } = await readStored(bucket, kind, now)
  if (etag !== null && marks.length === 0) await bucket.delete(kind.name)
}

async function readStored(
  bucket: R2Bucket,
  { name, valueBytes }: MarkKind,
  now: number,
): Promise<{ marks: StoredMark[]; etag: string | null }> {
  const object = await bucket.get(name)
  if (!object) return { marks: [], etag: null }
  const stored = new Uint8Array(await object.arrayBuffer())
  const marks: StoredMark[] = []
  const size = HEAD_BYTES + valueBytes
  for (let at = 0; at + size <= stored.length; at += size)
    marks.push(readMarkAt(stored.slice(at, at + size)))
  return { marks: marks.filter(({ until }) => until > now), etag: object.etag }
}

const readMarkAt = (stored: Bytes): StoredMark => ({
  key: stored.slice(0, KEY_BYTES),
  until: Number(new DataView(stored.buffer).getBigUint64(KEY_BYTES)),
  value: stored.slice(HEAD_BYTES),
})

function writeMark({ key, until, value }: StoredMark): Bytes {
  const time = new Uint8Array(TIME_BYTES)
  new DataView(time.buffer).setBigUint64(0, BigInt(until))
  return concat(key, time, value)
}
