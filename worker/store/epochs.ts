// Reads the signed manifests of the epochs, and keeps a copy of the current one in R2.
import { desc, eq, isNull } from 'drizzle-orm'
import { sameBytes, type Bytes } from '#protocol/bytes'
import type { Database } from './database.ts'
import { epochs } from './schema-reports.ts'

export interface Epoch {
  epoch: number
  manifest: Bytes
  /** UTC day on which the epoch was retired; null while it is in use */
  retiredDay: string | null
}

const columns = { epoch: epochs.epoch, manifest: epochs.manifest, retiredDay: epochs.retiredDay }

export const findEpoch = async (db: Database, epoch: number): Promise<Epoch | null> =>
  (await db.select(columns).from(epochs).where(eq(epochs.epoch, epoch)).get()) ?? null

/** Returns the newest epoch that is not retired, or null. */
export const findCurrentEpoch = async (db: Database): Promise<Epoch | null> =>
  (await db
    .select(columns)
    .from(epochs)
    .where(isNull(epochs.retiredDay))
    .orderBy(desc(epochs.epoch))
    .limit(1)
    .get()) ?? null

/** Name of a public copy of the current manifest, which the edge reads if the database fails. */
const COPY = 'keys/manifest'

/** Returns the copy, or null. The caller must verify the copy before sealing to the copy's keys. */
export async function findManifestCopy(bucket: R2Bucket): Promise<Bytes | null> {
  const object = await bucket.get(COPY)
  return object ? new Uint8Array(await object.arrayBuffer()) : null
}

/** Updates the copy. Deletes it when `manifest` is null, because no epoch is in use then. */
export async function storeManifestCopy(bucket: R2Bucket, manifest: Bytes | null): Promise<void> {
  if (manifest === null) return bucket.delete(COPY)
  const kept = await findManifestCopy(bucket)
  if (!kept || !sameBytes(kept, manifest)) await bucket.put(COPY, manifest)
}
