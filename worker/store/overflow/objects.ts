// Finds and reads the reports that wait in R2 while the database cannot or should not accept them.
// Metadata names are in lower case, because the S3 interface, which a restore uses, does not
// preserve upper case.
import { fromB64, toB64, type Bytes } from '#protocol/bytes'
import { allKeysFor, keysFor, type Placement } from './partitions.ts'
import type { Sealer } from '../reports/reports.ts'

/** A report as R2 stores it. All other facts are in the header of the envelope. */
export interface WaitingReport {
  envelope: Bytes
  sealedBy: Sealer
  receivedDay: string
  /** SHA-256 of the write token of a follow-up */
  tokenHash: Bytes | null
  /** true when the sender passed the check */
  isChecked: boolean
  /**
   * number of drain cycles when a follow-up arrived; see [Note: cycles]; null when none was
   * recorded
   */
  cycle: number | null
}

/** The facts about an arriving report that the overflow records. */
export interface Waiting {
  tokenHash: Bytes | null
  /** true when the report arrived during a flood, so that a check may promote it */
  canBePromoted: boolean
  /** number of drain cycles, which is recorded with a follow-up; see [Note: cycles] */
  cycle: number | null
}

/** Makes a put fail when the key exists, so that only the first of two puts succeeds. */
export const FIRST: R2PutOptions & { onlyIf: R2Conditional } = { onlyIf: { etagDoesNotMatch: '*' } }

export const isCopyOf = ({ customMetadata }: R2Object, id: Bytes): boolean =>
  customMetadata?.['report-id'] === toB64(id)

/** Returns true when a report or follow-up waits under any of its possible keys. */
export async function isWaiting(
  bucket: R2Bucket,
  id: Bytes,
  headerId: Bytes | null,
  isDanger: boolean | null = null,
): Promise<boolean> {
  const keys = allKeysFor(id, headerId, isDanger)
  const present = await Promise.all(keys.map((key) => bucket.head(key)))
  return present.some((object) => object !== null && isCopyOf(object, id))
}

/** The facts that the overflow already contains about a report that has just arrived. */
export interface WaitingFacts {
  /** the waiting copy of the report; null when no copy waits */
  copy: Pick<Waiting, 'canBePromoted'> | null
  /** true when another report with the same header id waits with a proof */
  isProofUsed: boolean
}

/** Looks for a report under each key that a request of its grade could have used. */
export async function findWaiting(
  bucket: R2Bucket,
  report: Placement,
  mayJoin: boolean,
): Promise<WaitingFacts> {
  const keys = keysFor(report, mayJoin)
  const objects = await Promise.all(keys.map((key) => bucket.head(key)))
  const present = objects.filter((object) => object !== null)
  const copies = present.filter((object) => isCopyOf(object, report.id))
  const canBePromoted = copies.every(
    ({ customMetadata }) =>
      customMetadata?.['can-be-promoted'] === 'yes' && !customMetadata['is-checked'],
  )
  return {
    copy: copies.length > 0 ? { canBePromoted } : null,
    isProofUsed: copies.length < present.length,
  }
}

/**
 * Reads the object under a key. Returns null if there is no object, or for an object that
 * putWaiting did not write.
 */
export async function readWaiting(bucket: R2Bucket, key: string): Promise<WaitingReport | null> {
  const object = await bucket.get(key)
  const facts = object?.customMetadata ?? {}
  const { 'received-day': receivedDay, 'token-hash': tokenHash, cycle } = facts
  if (!object || !receivedDay) return null
  return {
    envelope: new Uint8Array(await object.arrayBuffer()),
    sealedBy: facts['sealed-by'] === 'worker' ? 'worker' : 'device',
    receivedDay,
    tokenHash: tokenHash ? fromB64(tokenHash) : null,
    isChecked: facts['is-checked'] !== undefined,
    cycle: cycle === undefined ? null : Number(cycle),
  }
}

/** Deletes objects by their keys. */
export const dropWaiting = (bucket: R2Bucket, keys: string[]): Promise<void> =>
  keys.length > 0 ? bucket.delete(keys) : Promise.resolve()
