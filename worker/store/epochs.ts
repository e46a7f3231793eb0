// The signed manifests of the key epochs.
import { desc, eq, isNull } from 'drizzle-orm'
import type { Bytes } from '#protocol/bytes'
import type { Database } from './database.ts'
import { epochs } from './schema.ts'

export interface Epoch {
  epoch: number
  manifest: Bytes
  /** UTC day on which the epoch was retired; null while it stands */
  retiredDay: string | null
}

const columns = { epoch: epochs.epoch, manifest: epochs.manifest, retiredDay: epochs.retiredDay }

export const findEpoch = async (db: Database, epoch: number): Promise<Epoch | null> =>
  (await db.select(columns).from(epochs).where(eq(epochs.epoch, epoch)).get()) ?? null

/** The newest epoch that is not retired, or null. */
export const findCurrentEpoch = async (db: Database): Promise<Epoch | null> =>
  (await db
    .select(columns)
    .from(epochs)
    .where(isNull(epochs.retiredDay))
    .orderBy(desc(epochs.epoch))
    .limit(1)
    .get()) ?? null
