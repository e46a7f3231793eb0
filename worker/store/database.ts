// The door to D1. Reads are drizzle queries; writes that carry a condition or an audit row are SQL, run together in one batch.
import type { SQL } from 'drizzle-orm'
import { drizzle } from 'drizzle-orm/d1'
import { SQLiteAsyncDialect } from 'drizzle-orm/sqlite-core'

const dialect = new SQLiteAsyncDialect()

export const openDatabase = (binding: D1Database) => drizzle(binding)
export type Database = ReturnType<typeof openDatabase>

// drizzle's own batch drops the parameters of raw SQL on D1, so the statements are prepared here.
function prepared(db: Database, query: SQL): D1PreparedStatement {
  const { sql, params } = dialect.sqlToQuery(query)
  return db.$client.prepare(sql).bind(...params)
}

/**
 * Runs all queries in one transaction.
 *
 * @returns for each query how many rows it returned: let a write end in RETURNING 1 to learn whether it changed anything.
 *   D1's own count of changes is no use here, as it may include rows that triggers touched.
 */
export async function runTogether(db: Database, queries: SQL[]): Promise<number[]> {
  const results = await db.$client.batch(queries.map((query) => prepared(db, query)))
  return results.map((result) => result.results.length)
}

/** Throws when the database does not answer. */
export async function pingDatabase(db: Database): Promise<void> {
  await db.$client.prepare('SELECT 1').first()
}

/** Rows of one query, and how large the database is: D1 tells that with every answer. */
export async function readWithSize(
  db: Database,
  query: SQL,
): Promise<{ rows: Record<string, unknown>[]; bytes: number }> {
  const { results, meta } = await prepared(db, query).all<Record<string, unknown>>()
  return { rows: results, bytes: meta.size_after }
}

/** How large the database is. */
export async function databaseBytes(db: Database): Promise<number> {
  return (await db.$client.prepare('SELECT 1').run()).meta.size_after
}
