// Describes a database and a bucket as a backup reads them and a restore writes them.
import type { Bytes } from '#protocol/bytes'
import type { Value } from '#scripts/backup/records'

/** A row, keyed by the names of the query's columns. Bytes must be selected as `hex(…)`. */
export type Row = Readonly<Record<string, Value>>

export interface BackupDatabase {
  /** Runs queries in one transaction. @returns the rows of each query */
  run: (queries: readonly string[]) => Promise<Row[][]>
}

export interface BackupObject {
  key: string
  bytes: Bytes
  metadata: Record<string, string>
}

export interface BackupBucket {
  /** Lists up to 1,000 keys that follow a given key, in order. */
  list: (prefix: string, after: string) => Promise<string[]>
  /** Returns null for an object that no longer exists. */
  get: (key: string) => Promise<BackupObject | null>
  put: (object: BackupObject) => Promise<void>
}

export interface Stores {
  database: BackupDatabase
  bucket: BackupBucket
}

/** Stores that a command has opened and must close. */
export interface OpenStores {
  stores: Stores
  close: () => Promise<void>
}

/** Lists all keys that begin with a prefix, in order. */
export async function* keysUnder(
  { list }: Pick<BackupBucket, 'list'>,
  prefix: string,
): AsyncGenerator<string, void> {
  for (let after = ''; ;) {
    const keys = await list(prefix, after)
    yield* keys
    const last = keys.at(-1)
    if (last === undefined) return
    after = last
  }
}
