// Opens D1 and runs queries in batches. Reads are drizzle queries. Conditional writes, and writes
// of chain rows, are raw SQL in one batch.
import type { SQL } from 'drizzle-orm'
import { drizzle } from 'drizzle-orm/d1'
import { customType, SQLiteAsyncDialect } from 'drizzle-orm/sqlite-core'
import type { Bytes } from '#protocol/bytes'

const dialect = new SQLiteAsyncDialect()

export const openDatabase = (binding: D1Database) => drizzle(binding)
export type Database = ReturnType<typeof openDatabase>

// Prepares a statement without drizzle, because drizzle's batch drops the parameters of raw SQL on
// D1.
function prepared(db: Database, query: SQL): D1PreparedStatement {
  const { sql, params } = dialect.sqlToQuery(query)
  return db.$client.prepare(sql).bind(...params)
}

/**
 * Runs all queries in one transaction.
 *
 * @returns the number of rows that each query returned. A write ends in RETURNING 1 to show whether
 *   it changed a row. D1's own count of changes may include rows that triggers changed.
 */
export async function runTogether(db: Database, queries: SQL[]): Promise<number[]> {
  const results = await db.$client.batch(queries.map((query) => prepared(db, query)))
  return results.map((result) => result.results.length)
}

/** Runs all queries in one transaction. Returns the rows of each query. */
export async function readTogether(
  db: Database,
  queries: SQL[],
): Promise<Record<string, unknown>[][]> {
  const results = await db.$client.batch<Record<string, unknown>>(
    queries.map((query) => prepared(db, query)),
  )
  return results.map((result) => result.results)
}

/** Reads one row, and the database size, which D1 reports with every result. */
export async function readWithSize(
  db: Database,
  query: SQL,
): Promise<{ row: Record<string, unknown>; bytes: number }> {
  const { results, meta } = await prepared(db, query).all()
  return { row: results[0] ?? {}, bytes: meta.size_after }
}

export async function databaseBytes(db: Database): Promise<number> {
  return (await db.$client.prepare('SELECT 1').run()).meta.size_after
}

/**
 * Reads a stored blob. D1 returns a blob as an array of numbers or as a buffer, depending on the
 * call. This function reads both forms, so that other code sees only Uint8Array.
 */
export function bytesFrom(stored: unknown): Bytes {
  if (Array.isArray(stored)) return Uint8Array.from(stored as number[])
  if (stored instanceof ArrayBuffer) return new Uint8Array(stored)
  if (ArrayBuffer.isView(stored))
    return new Uint8Array(stored.buffer, stored.byteOffset, stored.byteLength).slice()
  throw new TypeError('a stored blob is neither numbers nor a buffer')
}

/** A BLOB column of bytes. */
export const bytes = customType<{ data: Bytes; driverData: unknown }>({
  dataType: () => 'blob',
  fromDriver: bytesFrom,
  toDriver: (value) => value,
})
