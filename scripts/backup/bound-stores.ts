// Reads and writes stores on this machine or in memory, through a worker's bindings.
import type { BackupBucket, BackupDatabase, Row, Stores } from '#scripts/backup/stores'

/** The D1 functions that the stores use. */
export interface BoundDatabase<Statement> {
  prepare: (query: string) => Statement
  batch: (statements: Statement[]) => Promise<{ results: unknown[] }[]>
}

/** The R2 functions that the stores use. */
export interface BoundBucket {
  list: (options: {
    prefix: string
    startAfter?: string
  }) => Promise<{ objects: { key: string }[] }>
  get: (key: string) => Promise<{
    arrayBuffer: () => Promise<ArrayBuffer>
    customMetadata?: Record<string, string>
  } | null>
  put: (
    key: string,
    bytes: Uint8Array<ArrayBuffer>,
    options: { customMetadata: Record<string, string> },
  ) => Promise<unknown>
}

const boundDatabase = <Statement>(database: BoundDatabase<Statement>): BackupDatabase => ({
  run: async (queries) => {
    const results = await database.batch(queries.map((query) => database.prepare(query)))
    return results.map((result) => result.results as Row[])
  },
})

const boundBucket = (bucket: BoundBucket): BackupBucket => ({
  list: async (prefix, after) => {
    const page = await bucket.list({ prefix, ...(after !== '' && { startAfter: after }) })
    return page.objects.map(({ key }) => key)
  },
  get: async (key) => {
    const object = await bucket.get(key)
    if (object === null) return null
    const bytes = new Uint8Array(await object.arrayBuffer())
    return { key, bytes, metadata: object.customMetadata ?? {} }
  },
  put: async ({ key, bytes, metadata }) => {
    await bucket.put(key, bytes, { customMetadata: metadata })
  },
})

export const boundStores = <Statement>(
  database: BoundDatabase<Statement>,
  bucket: BoundBucket,
): Stores => ({ database: boundDatabase(database), bucket: boundBucket(bucket) })
