// Plants faults on purpose, to prove that the simulation finds them. A planted fault changes a
// binding, never the worker's own code.
import type { Cause } from '#scripts/lab/simulate/storage-calls'

type Plant = (bucket: R2Bucket, cause: Cause) => Partial<R2Bucket>

const isChore = ({ name }: Cause): boolean => name.startsWith('chores')

/** The database hides the epoch of an arriving report, so that the edge refuses the report. */
const EPOCHS_ARE_HIDDEN = 'epochs-are-hidden'
const JOIN = 'LEFT JOIN epochs ON '

/** The faults in R2, keyed by name. */
const PLANTS: Record<string, Plant> = {
  /** The drain deletes an object before it has inserted the report. */
  'drain-deletes-first': (bucket, cause) => ({
    get: async (key: string) => {
      const object = await bucket.get(key)
      if (isChore(cause) && key.startsWith('overflow/')) await bucket.delete(key)
      return object
    },
  }),
  /** No note is left when a number is ended while anything is waiting. */
  'end-leaves-no-note': (bucket) => ({
    put: (async (key: string, body: ArrayBuffer, options?: R2PutOptions) =>
      key.startsWith('ended/') ? null : bucket.put(key, body, options)) as R2Bucket['put'],
  }),
  /** The waiting mark is never written, so that the drain does not notice waiting reports. */
  'mark-is-lost': (bucket) => ({
    put: (async (key: string, body: ArrayBuffer, options?: R2PutOptions) =>
      key.startsWith('marks/') ? null : bucket.put(key, body, options)) as R2Bucket['put'],
  }),
  /** A second put under the same key replaces the first. */
  'put-replaces': (bucket) => ({
    put: ((key: string, body: ArrayBuffer, options: R2PutOptions = {}) =>
      bucket.put(key, body, {
        ...(options.customMetadata && { customMetadata: options.customMetadata }),
      })) as R2Bucket['put'],
  }),
}

/** Returns a database with the planted fault, or the database itself. */
export function plantedDatabase(fault: string | null, database: D1Database): D1Database {
  if (fault !== EPOCHS_ARE_HIDDEN) return database
  const prepare: D1Database['prepare'] = (query) =>
    database.prepare(query.replace(JOIN, `${JOIN} 0 AND `))
  return Object.assign({}, database, { prepare })
}

/** Returns a bucket with the planted fault, or the bucket itself. */
export function plantedBucket(fault: string | null, bucket: R2Bucket, cause: Cause): R2Bucket {
  if (fault === null || fault === EPOCHS_ARE_HIDDEN) return bucket
  const plant = PLANTS[fault]
  if (!plant) throw new Error(`no fault is called ${fault}`)
  return { ...bucket, ...plant(bucket, cause) }
}
