// Reads the signed manifests of the epochs, and keeps a copy of the current keys in R2.
import { asc, desc, inArray, isNotNull, isNull, max } from 'drizzle-orm'
import { concat, sameBytes, type Bytes } from '#protocol/bytes'
import { MANIFEST_BYTES } from '#protocol/keys/manifest'
import { HYBRID_KEY_BYTES } from '#protocol/limits'
import type { Database } from '../database.ts'
import { people } from '../schema/people.ts'
import { epochs } from '../schema/keys.ts'

export interface Epoch {
  epoch: number
  manifest: Bytes
  /** UTC day on which the epoch was retired; null while it is in use */
  retiredDay: string | null
}

/** The public keys of an epoch. */
export interface PublicKeys {
  manifest: Bytes
  /** 1,216 bytes; the manifest contains the hash of the hybrid key */
  hybridKey: Bytes
}

const columns = { epoch: epochs.epoch, manifest: epochs.manifest, retiredDay: epochs.retiredDay }

/** D1 allows 100 bound values in a statement. */
const EPOCHS_A_STATEMENT = 100

/** Finds epochs by their numbers, with up to EPOCHS_A_STATEMENT of them in one statement. */
export async function findEpochs(db: Database, numbers: number[]): Promise<Map<number, Epoch>> {
  const found = new Map<number, Epoch>()
  for (let first = 0; first < numbers.length; first += EPOCHS_A_STATEMENT) {
    const some = numbers.slice(first, first + EPOCHS_A_STATEMENT)
    for (const epoch of await db.select(columns).from(epochs).where(inArray(epochs.epoch, some)))
      found.set(epoch.epoch, epoch)
  }
  return found
}

/** Returns the newest epoch that has not been retired, or null. */
export const findCurrentEpoch = async (db: Database): Promise<(Epoch & PublicKeys) | null> =>
  (await db
    .select({ ...columns, hybridKey: epochs.hybridKey })
    .from(epochs)
    .where(isNull(epochs.retiredDay))
    .orderBy(desc(epochs.epoch))
    .limit(1)
    .get()) ?? null

/** Lists the epochs whose private keys still exist, oldest first. */
export const listOpenableEpochs = async (db: Database): Promise<number[]> =>
  (
    await db
      .select({ epoch: epochs.epoch })
      .from(epochs)
      .where(isNotNull(epochs.sealedForRecovery))
      .orderBy(asc(epochs.epoch))
  ).map(({ epoch }) => epoch)

/** Returns the last day of the newest keeper certificate, or null if there is no keeper. */
export const findKeeperLastDay = async (db: Database): Promise<number | null> =>
  (
    await db
      .select({ last: max(people.keeperLastDay) })
      .from(people)
      .get()
  )?.last ?? null

/**
 * Name of a public copy of the current keys, manifest ‖ hybrid key, which the edge reads if the
 * database fails. A single object contains both keys, so that both belong to the same epoch.
 */
const COPY = 'keys/current'

async function findCopy(bucket: R2Bucket): Promise<Bytes | null> {
  const object = await bucket.get(COPY)
  return object ? new Uint8Array(await object.arrayBuffer()) : null
}

/** Returns the copy, or null. The caller must verify the copy before sealing to its keys. */
export async function findKeyCopy(bucket: R2Bucket): Promise<PublicKeys | null> {
  const copy = await findCopy(bucket)
  if (copy?.length !== MANIFEST_BYTES + HYBRID_KEY_BYTES) return null
  return { manifest: copy.slice(0, MANIFEST_BYTES), hybridKey: copy.slice(MANIFEST_BYTES) }
}

/** Updates the copy. Deletes the copy when `keys` is null, because then no epoch is in use. */
export async function storeKeyCopy(bucket: R2Bucket, keys: PublicKeys | null): Promise<void> {
  if (keys === null) return bucket.delete(COPY)
  const current = concat(keys.manifest, keys.hybridKey)
  const kept = await findCopy(bucket)
  if (!kept || !sameBytes(kept, current)) await bucket.put(COPY, current)
}
