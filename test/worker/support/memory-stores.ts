// Keeps D1 and R2 in memory, for tests with many runs: D1 is SQLite, R2 is a map.
// Functions that the worker does not use are missing. A `turn` can make each call of a store wait.
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite'

const MIGRATIONS = join(import.meta.dirname, '../../../migrations')
const schema = readdirSync(MIGRATIONS)
  .filter((name) => name.endsWith('.sql'))
  .sort()
  .map((name) => readFileSync(join(MIGRATIONS, name), 'utf8'))
  .join('\n')

type Row = Record<string, unknown>

const bound = (value: unknown): SQLInputValue =>
  value instanceof ArrayBuffer ? new Uint8Array(value) : (value as SQLInputValue)

/** D1 returns a short blob as a list of numbers and may return a buffer: see bytesFrom. */
const LISTED_BYTES = 256

function returned(value: unknown): unknown {
  if (!(value instanceof Uint8Array)) return value
  return value.length > LISTED_BYTES ? value.slice().buffer : [...value]
}

/** Resolves when a call of a store may run. */
export type Turn = () => Promise<void>
const noWait: Turn = () => Promise.resolve()

/** Makes every asynchronous call of a store wait for its turn. */
const inTurns = <Store extends object>(store: Store, turn: Turn): Store =>
  new Proxy(store, {
    get: (target, name) => {
      const call = Reflect.get(target, name) as (...given: unknown[]) => Promise<unknown>
      return (...given: unknown[]) => turn().then(() => call.apply(target, given))
    },
  })

/** Makes an empty database with all migrations. */
function migrated(): DatabaseSync {
  const sqlite = new DatabaseSync(':memory:')
  sqlite.exec(schema)
  return sqlite
}

/**
 * Makes a database, and also returns SQLite, so that a test can look into it.
 *
 * @param sqlite  the copy of another database; by default an empty one with all migrations
 */
export function memoryDb(
  turn: Turn = noWait,
  sqlite = migrated(),
): { db: D1Database; sqlite: DatabaseSync } {
  const prepared = new Map<string, StatementSync>()
  const preparedOf = (query: string): StatementSync => {
    const known = prepared.get(query)
    if (known) return known
    const made = sqlite.prepare(query)
    prepared.set(query, made)
    return made
  }
  const statement = (query: string, values: unknown[] = []) => {
    const rows = (): Row[] =>
      preparedOf(query)
        .all(...values.map(bound))
        .map((row) =>
          Object.fromEntries(Object.entries(row).map(([name, value]) => [name, returned(value)])),
        )
    const all = () => ({ results: rows(), success: true, meta: { size_after: 4096 } })
    const soon = <T>(work: () => T): Promise<T> => turn().then(work)
    return {
      now: all,
      bind: (...more: unknown[]) => statement(query, more),
      all: () => soon(all),
      run: () => soon(all),
      raw: () => soon(() => rows().map((row) => Object.values(row))),
      first: () => soon(() => rows()[0] ?? null),
    }
  }
  const batch = (statements: ReturnType<typeof statement>[]) =>
    turn().then(() => {
      sqlite.exec('BEGIN')
      try {
        const results = statements.map(({ now }) => now())
        sqlite.exec('COMMIT')
        return results
      } catch (error) {
        sqlite.exec('ROLLBACK')
        throw error
      }
    })
  return { db: { prepare: statement, batch } as unknown as D1Database, sqlite }
}

interface Stored {
  bytes: Uint8Array<ArrayBuffer>
  customMetadata: Record<string, string> | undefined
  uploaded: Date
}

/** Returns the position of the first key from `start` on. */
function placeIn(sorted: string[], start: string): number {
  let [low, high] = [0, sorted.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((sorted[middle] ?? '') < start) low = middle + 1
    else high = middle
  }
  return low
}

/**
 * Makes an empty bucket. A list has at most 1,000 keys, as in R2.
 *
 * @param now  R2's time, in milliseconds
 */
export function memoryBucket(now: () => number = Date.now, turn: Turn = noWait): R2Bucket {
  const stored = new Map<string, Stored>()
  let sorted: string[] | null = null
  const objectOf = (key: string) => {
    const found = stored.get(key)
    if (!found) return null
    const { bytes, customMetadata, uploaded } = found
    return {
      key,
      customMetadata,
      uploaded,
      size: bytes.length,
      get etag() {
        return createHash('md5').update(bytes).digest('hex')
      },
      get body() {
        return new Response(bytes.slice()).body
      },
      arrayBuffer: () => Promise.resolve(bytes.slice().buffer),
      json: () => Promise.resolve(JSON.parse(new TextDecoder().decode(bytes)) as unknown),
    }
  }
  const find = (key: string) => Promise.resolve(objectOf(key))
  const bucket = {
    head: find,
    get: async (key: string, { range }: { range?: { offset: number; length: number } } = {}) => {
      const found = await find(key)
      if (!found || !range) return found
      const bytes = new Uint8Array(await found.arrayBuffer())
      const part = bytes.slice(range.offset, range.offset + range.length)
      return { ...found, body: new Response(part).body, arrayBuffer: () => part.buffer }
    },
    put: (
      key: string,
      body: Uint8Array | ArrayBuffer | string,
      { onlyIf, customMetadata }: { onlyIf?: R2Conditional } & R2PutOptions = {},
    ) => {
      const wanted = onlyIf?.etagMatches
      if (wanted !== undefined && objectOf(key)?.etag !== wanted) return Promise.resolve(null)
      if (onlyIf?.etagDoesNotMatch && stored.has(key)) return Promise.resolve(null)
      const bytes = typeof body === 'string' ? new TextEncoder().encode(body) : body
      if (!stored.has(key)) sorted = null
      const uploaded = new Date(now())
      stored.set(key, { bytes: new Uint8Array(bytes), customMetadata, uploaded })
      return find(key)
    },
    delete: (keys: string | string[]) => {
      for (const key of [keys].flat()) stored.delete(key)
      sorted = null
      return Promise.resolve()
    },
    list: ({ prefix = '', startAfter = '', limit = 1000 }: R2ListOptions = {}) => {
      sorted ??= [...stored.keys()].sort()
      const keys: string[] = []
      for (let at = placeIn(sorted, prefix > startAfter ? prefix : startAfter); ; at++) {
        const key = sorted[at]
        if (!key?.startsWith(prefix) || keys.length > limit) break
        if (key > startAfter) keys.push(key)
      }
      return Promise.resolve({
        objects: keys.slice(0, limit).map(objectOf),
        truncated: keys.length > limit,
      })
    },
  }
  return inTurns(bucket, turn) as unknown as R2Bucket
}
