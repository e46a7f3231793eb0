// Provides the worker with a D1 database on SQLite, in a file or in memory. A batch is one
// transaction. The tests and the lab use this database, and so would a worker installed outside
// Cloudflare. D1 functions that the worker does not call are missing.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite'
import type { Bytes } from '#protocol/bytes'
import { migrationFiles } from '#scripts/shared/migration-files'
import { root } from '#scripts/shared/paths'

type Row = Record<string, unknown>

/** Runs a storage call. A test or the lab may delay the call or make it fail. */
export type StoreCall = <T>(name: string, effect: () => T) => Promise<T>

export const callAtOnce: StoreCall = (_name, effect) => new Promise((done) => done(effect()))

interface HomeResult {
  results: Row[]
  success: true
  meta: { size_after: number }
}

/**
 * D1 returns a blob as a list of numbers or as a buffer: see bytesFrom. Here, only a long blob
 * becomes a buffer.
 */
const LISTED_BYTES = 256

function returned(value: unknown): unknown {
  if (!(value instanceof Uint8Array)) return value
  return value.length > LISTED_BYTES ? value.slice().buffer : [...value]
}

const bound = (value: unknown): SQLInputValue =>
  value instanceof ArrayBuffer
    ? new Uint8Array(value)
    : typeof value === 'boolean'
      ? Number(value)
      : (value as SQLInputValue)

/** Names a call after the verb and the table in its statement. */
function nameOf(query: string): string {
  const [, verb = '', table = ''] =
    /^\s*(\w+)[\s\S]*?\b(?:from|into|update)\s+["`]?(\w+)/i.exec(query) ?? []
  return `${verb.toLowerCase()} ${table}`.trim() || query.slice(0, 20)
}

const MIGRATIONS = migrationFiles(root).map((name) =>
  readFileSync(join(root, 'migrations', name), 'utf8'),
)

export class HomeDatabase {
  readonly #sqlite: DatabaseSync
  readonly #prepared = new Map<string, StatementSync>()

  /**
   * Opens a database and applies the migrations that it lacks.
   *
   * @param path  the file; without it the database is in memory
   * @param image  a packed database to start with
   */
  constructor(path = ':memory:', image?: Bytes) {
    this.#sqlite = new DatabaseSync(path)
    if (image) this.#sqlite.deserialize(image)
    // SQLite keeps `user_version` in the file, so the number of applied migrations needs no table.
    const applied = Number(this.rows('PRAGMA user_version')[0]?.['user_version'])
    MIGRATIONS.slice(applied).forEach((migration, at) =>
      this.#together(() =>
        this.#sqlite.exec(`${migration}; PRAGMA user_version = ${applied + at + 1}`),
      ),
    )
  }

  /** Runs a query and returns its rows as SQLite returns them. */
  rows(query: string, values: readonly unknown[] = []): Row[] {
    return this.#prepare(query).all(...values.map(bound))
  }

  /** Runs SQL that returns nothing. */
  run(sql: string): void {
    this.#sqlite.exec(sql)
  }

  /** Inserts a row, given as values keyed by column name. */
  insert(table: string, row: Row): void {
    const names = Object.keys(row)
    const places = names.map(() => '?').join()
    this.rows(`INSERT INTO ${table} (${names.join()}) VALUES (${places})`, Object.values(row))
  }

  /** Packs the database, so that another database can start with its content. */
  image(): Bytes {
    return new Uint8Array(this.#sqlite.serialize())
  }

  close(): void {
    this.#sqlite.close()
  }

  /** Returns the database size in bytes, which D1 reports with every result. */
  size(): number {
    const [row] = this.rows(
      'SELECT page_count * page_size AS size FROM pragma_page_count, pragma_page_size',
    )
    return Number(row?.['size'])
  }

  /** Returns the worker's binding. @param call  runs each call; by default, at once */
  binding(call: StoreCall = callAtOnce): D1Database {
    const statement = (query: string, values: unknown[] = []) => {
      const now = (): HomeResult => this.#result(query, values)
      const name = nameOf(query)
      return {
        now,
        name,
        bind: (...more: unknown[]) => statement(query, more),
        all: () => call(name, now),
        run: () => call(name, now),
        raw: () => call(name, () => this.#arrays(query, values)),
        first: () => call(name, () => now().results[0] ?? null),
      }
    }
    const batch = (statements: ReturnType<typeof statement>[]) =>
      call(`batch of ${statements.map(({ name }) => name).join(', ')}`, () =>
        this.#together(() => statements.map(({ now }) => now())),
      )
    return { prepare: statement, batch } as unknown as D1Database
  }

  /** Prepares a query once. @param key  differs from the query when rows are returned as arrays */
  #prepare(query: string, key = query): StatementSync {
    const known = this.#prepared.get(key)
    if (known) return known
    const prepared = this.#sqlite.prepare(query)
    this.#prepared.set(key, prepared)
    return prepared
  }

  #result(query: string, values: unknown[]): HomeResult {
    const results = this.rows(query, values).map((row) =>
      Object.fromEntries(Object.entries(row).map(([name, value]) => [name, returned(value)])),
    )
    const size = (): number => this.size()
    // The worker rarely reads the size, which costs a separate query.
    const meta = {
      get size_after() {
        return size()
      },
    }
    return { results, success: true, meta }
  }

  /** Runs a query whose columns may share a name, and returns each row as a list of values. */
  #arrays(query: string, values: unknown[]): unknown[][] {
    const statement = this.#prepare(query, `raw ${query}`)
    statement.setReturnArrays(true)
    const rows = statement.all(...values.map(bound)) as unknown as unknown[][]
    return rows.map((row) => row.map(returned))
  }

  #together<T>(work: () => T): T {
    this.#sqlite.exec('SAVEPOINT batch')
    try {
      const done = work()
      this.#sqlite.exec('RELEASE batch')
      return done
    } catch (error) {
      this.#sqlite.exec('ROLLBACK TO batch; RELEASE batch')
      throw error
    }
  }
}
