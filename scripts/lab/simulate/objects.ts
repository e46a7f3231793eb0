// Reads the names and the metadata of objects in R2. Apart from schema.ts, no other file of the
// simulation contains these names.
import { fromB64, toB64, type Bytes } from '#protocol/bytes'
import type { BucketObject } from '#scripts/home/object-files'
import type { WorldBucket } from '#scripts/lab/simulate/world-stores'
import { sha256Hex } from '#scripts/lab/simulate/record'

/** A report in R2. */
export interface WaitingEnvelope {
  key: string
  hash: string
  bytes: Bytes
  /** the report's id in the metadata */
  reportId: string
  /** the grade of the partition */
  grade: number
  sealedBy: string
  day: string
}

/** The content of the waiting mark. */
export interface MarkObject {
  state: string
  waiting: number
  aside: number
}

export const OVERFLOW_FOLDER = 'overflow/'
export const FILES_FOLDER = 'files/'
/** Names of objects that the store's README lists. */
const KNOWN_NAMES = [
  /^(files|answers)\/[\w-]{23}\/\d+$/,
  /^(overflow|quarantine)\/(urgent-)?([0-3]|followup)\/[\w-]{22}$/,
  /^overflow\/(urgent-)?2\/check-[\w-]{22}$/,
  /^marks\/(waiting|drain|reading)$/,
  /^ended\/[\w-]{43}\/[\w-]{43}$/,
  /^alerts\/(open|news)$/,
  /^keys\/current$/,
  /^secrets\/[\w-]{22}$/,
]
const KNOWN_METADATA = [
  ...['sealed-by', 'received-day', 'report-id', 'token-hash', 'can-be-promoted', 'is-checked'],
  ...['epoch', 'cycle', 'cycles'],
  ...['state', 'waiting', 'aside'],
]

/** Lists objects with a name or metadata that no document explains. */
export const unknownObjects = (objects: readonly BucketObject[]): string[] =>
  objects
    .filter(
      ({ key, customMetadata }) =>
        !KNOWN_NAMES.some((name) => name.test(key)) ||
        Object.keys(customMetadata).some((name) => !KNOWN_METADATA.includes(name)),
    )
    .map(({ key }) => key)

export const waitingIn = (objects: BucketObject[], folder: string): WaitingEnvelope[] =>
  objects
    .filter(({ key }) => key.startsWith(folder))
    .map(({ key, bytes, customMetadata }) => ({
      key,
      bytes,
      hash: sha256Hex(bytes),
      grade: Number(/\/(?:urgent-)?([0-3])\//.exec(key)?.[1] ?? 0),
      reportId: customMetadata['report-id'] ?? '',
      sealedBy: customMetadata['sealed-by'] ?? '',
      day: customMetadata['received-day'] ?? '',
    }))

export function markIn(objects: BucketObject[]): MarkObject | null {
  const facts = objects.find(({ key }) => key === 'marks/waiting')?.customMetadata
  if (!facts) return null
  const { state = '', waiting, aside } = facts
  return { state, waiting: Number(waiting), aside: Number(aside) }
}

export const anythingWaitsIn = (bucket: WorldBucket): boolean =>
  bucket.objects().some(({ key }) => key.startsWith(OVERFLOW_FOLDER))

/** Returns the id of the file that a chunk belongs to. */
export const fileOfChunk = (key: string): string => key.split('/')[1] ?? ''

/** Returns the id of the report that a chunk belongs to. */
export const ownerOfChunk = (key: string): Bytes => fromB64(fileOfChunk(key)).slice(0, 16)

/** Returns the name of a chunk in R2. */
export const chunkKey = (fileId: Bytes, n: number): string => `${FILES_FOLDER}${toB64(fileId)}/${n}`
