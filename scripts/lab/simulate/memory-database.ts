// Stands in for D1: SQLite in memory with the real migrations. A batch is one transaction. All
// worlds of a thread share one database, because running the migrations would take longer than a
// world. When a world ends, its changes are undone.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite'
import type { Bytes } from '#protocol/bytes'
import { root } from '#scripts/shared/paths'

type Row = Record<string, unknown>

/** Reads the bytes of a column that holds a BLOB. */
export const blobFrom = (value: unknown): Bytes => value as Bytes

export interface QueryResult {
  results: Row[]
  success: true
  meta: { size_after: number }
}

/** Decides when an effect on a store runs, or makes its call fail. */
export type Gate = <T>(name: string, effect: () => T) => Promise<T>

/** D1 returns a short blob as a list of numbers and may return a buffer: see bytesFrom. */
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

/** Names a statement for the trace: its verb and its table. */
function nameOf(query: string): string {
  const [, verb = '', table = ''] =
    /^\s*(\w+)[\s\S]*?\b(?:from|into|update)\s+["`]?(\w+)/i.exec(query) ?? []
  return `${verb.toLowerCase()} ${table}`.trim() || query.slice(0, 20)
}

export class MemoryDatabase {
  readonly #sqlite = new DatabaseSync(':memory:')
  readonly #prepared = new Map<string, StatementSync>()
  /** the size that D1 reports, in bytes */
  bytes = 0

  constructor() {
    const folder = join(root, 'migrations')
    for (const name of readdirSync(folder).sort())
      if (name.endsWith('.sql')) this.#sqlite.exec(readFileSync(join(folder, name), 'utf8'))
  }

  /** Begins an empty world. */
  begin(): void {
    this.#sqlite.exec('SAVEPOINT world')
  }

  /** Undoes everything since `begin`. */
  undo(): void {
    this.#sqlite.exec('ROLLBACK TO world; RELEASE world')
  }

  /** Runs a query and returns its rows in SQLite's own form. */
  rows(query: string, values: unknown[] = []): Row[] {
    let statement = this.#prepared.get(query)
    if (!statement) this.#prepared.set(query, (statement = this.#sqlite.prepare(query)))
    return statement.all(...values.map(bound))
  }

  /** Returns a binding whose calls go through `gate`. */
  binding(gate: Gate): D1Database {
    const statement = (query: string, values: unknown[] = []) => {
      const now = (): QueryResult => this.#result(query, values)
      const name = nameOf(query)
      return {
        now,
        name,
        bind: (...more: unknown[]) => statement(query, more),
        all: () => gate(name, now),
        run: () => gate(name, now),
        raw: () => gate(name, () => now().results.map((row) => Object.values(row))),
        first: () => gate(name, () => now().results[0] ?? null),
      }
    }
    const batch = (statements: ReturnType<typeof statement>[]) =>
      gate(`batch of ${statements.map(({ name }) => name).join(', ')}`, () =>
        this.#together(() => statements.map(({ now }) => now())),
      )
    return { prepare: statement, batch } as unknown as D1Database
  }

  #result(query: string, values: unknown[]): QueryResult {
    const results = this.rows(query, values).map((row) =>
      Object.fromEntries(Object.entries(row).map(([name, value]) => [name, returned(value)])),
    )
    return { results, success: true, meta: { size_after: this.bytes } }
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
