// Imitates D1: databases with SQL, Time Travel bookmarks, and file import.
import { createHash, randomUUID } from 'node:crypto'
import { DatabaseSync } from 'node:sqlite'
import { failure, type Call, type Answered } from '#test/scripts/support/account/call.ts'

export interface StoredDatabase {
  name: string
  jurisdiction: string | null
  sql: DatabaseSync
  /** increases with each change, as the bookmarks of Time Travel do */
  changes: number
}

export const makeDatabase = (name: string, jurisdiction: string | null = null): StoredDatabase => ({
  ...{ name, jurisdiction, changes: 0 },
  sql: new DatabaseSync(':memory:'),
})

const META = { duration: 1, rows_read: 0, rows_written: 0, changes: 0, last_row_id: 0 }

/** Handles the paths under `/d1/database` and the uploads of an import. */
export class FakeDatabases {
  /** keyed by id */
  readonly all = new Map<string, StoredDatabase>()
  readonly #uploads = new Map<string, string>()

  answer(call: Call): Answered | undefined {
    const upload = /^\/upload\/(.+)$/.exec(call.path)?.[1]
    if (upload !== undefined) {
      this.#uploads.set(upload, call.body.toString())
      return { status: 200, etag: createHash('md5').update(call.body).digest('hex') }
    }
    if (call.path === '/d1/database') return this.#list(call)
    const [, id = '', rest = ''] = /^\/d1\/database\/([^/]+)\/?(.*)$/.exec(call.path) ?? []
    if (id === '') return undefined
    const database = this.all.get(id)
    if (!database) return failure(7404, `The database ${id} could not be found`, 404)
    if (rest === '') return { result: this.#described(id, database) }
    if (rest === 'time_travel/bookmark') return { result: { bookmark: bookmarkOf(database) } }
    if (rest === 'query' || rest === 'raw') return query(database, call.json<{ sql: string }>().sql)
    if (rest === 'import') return this.#import(database, call)
    return undefined
  }

  #list(call: Call): Answered {
    if (call.method === 'POST') {
      const { name, jurisdiction = null } = call.json<{ name: string; jurisdiction?: string }>()
      if ([...this.all.values()].some((known) => known.name === name))
        return failure(7502, `Database with name '${name}' already exists`, 400)
      const id = randomUUID()
      const made = makeDatabase(name, jurisdiction)
      this.all.set(id, made)
      return { result: this.#described(id, made) }
    }
    const name = call.query.get('name')
    const found = [...this.all].filter(([, known]) => name === null || known.name === name)
    return { result: found.map(([id, database]) => this.#described(id, database)) }
  }

  #described(uuid: string, { name, jurisdiction, sql }: StoredDatabase): object {
    const tables = sql.prepare("SELECT name FROM sqlite_master WHERE type = 'table'").all()
    const created_at = '2026-12-01T00:00:00.000Z'
    return {
      uuid,
      name,
      jurisdiction,
      version: 'production',
      num_tables: tables.length,
      created_at,
    }
  }

  #import(database: StoredDatabase, call: Call): Answered {
    const { action, filename = '' } = call.json<{ action: string; filename?: string }>()
    const done = { success: true, type: 'import', at_bookmark: 'a', messages: [] }
    if (action === 'init') {
      const file = randomUUID()
      return { result: { ...done, upload_url: `${call.base}/upload/${file}`, filename: file } }
    }
    const fault = change(database, this.#uploads.get(filename) ?? '')
    if (fault !== null)
      return { result: { ...done, success: false, status: 'error', error: fault, errors: [fault] } }
    const result = { num_queries: 1, final_bookmark: 'a', meta: META }
    return { result: { ...done, status: 'complete', result } }
  }
}

/** Bookmarks have this format, and increase over time. */
const bookmarkOf = ({ changes }: StoredDatabase): string =>
  `${changes.toString(16).padStart(8, '0')}-00000001-00004c6d-8e61117bf38d7adb71b934ebbf891683`

function query(database: StoredDatabase, sql: string): Answered {
  if (/^\s*(SELECT|PRAGMA)/i.test(sql)) {
    try {
      const results = database.sql.prepare(sql).all()
      return { result: [{ results, success: true, meta: META }] }
    } catch (reason) {
      return failure(7500, `${String(reason)}: SQLITE_ERROR`, 400)
    }
  }
  const fault = change(database, sql)
  return fault === null
    ? { result: [{ results: [], success: true, meta: META }] }
    : failure(7500, `${fault}: SQLITE_ERROR`, 400)
}

/** Runs statements in one transaction. @returns the error, in which case nothing has changed */
function change(database: StoredDatabase, sql: string): string | null {
  try {
    database.sql.exec(`BEGIN;${sql}\n;COMMIT`)
    database.changes++
    return null
  } catch (reason) {
    if (database.sql.isTransaction) database.sql.exec('ROLLBACK')
    return String(reason)
  }
}
