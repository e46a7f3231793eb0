// Wraps a D1 binding and adds up the rows that it reads and writes, as Cloudflare bills them.
export interface Tally {
  queries: number
  read: number
  written: number
}

export function countingDb(db: D1Database): { db: D1Database; tally: Tally } {
  const tally: Tally = { queries: 0, read: 0, written: 0 }
  const inner = new WeakMap<object, D1PreparedStatement>()

  const count = <T>(result: D1Result<T>): D1Result<T> => {
    tally.queries++
    tally.read += result.meta.rows_read
    tally.written += result.meta.rows_written
    return result
  }
  const wrap = (statement: D1PreparedStatement): D1PreparedStatement => {
    const all = async <T>() => count(await statement.all<T>())
    const wrapped = {
      bind: (...values: unknown[]) => wrap(statement.bind(...values)),
      all,
      run: all,
      // The real raw() returns no row counts.
      raw: async () =>
        (await all<Record<string, unknown>>()).results.map((row) => Object.values(row)),
      first: async () => (await all()).results[0] ?? null,
    } as unknown as D1PreparedStatement
    inner.set(wrapped, statement)
    return wrapped
  }
  const counting = {
    prepare: (query: string) => wrap(db.prepare(query)),
    batch: async <T>(statements: D1PreparedStatement[]) =>
      (await db.batch<T>(statements.map((each) => inner.get(each) ?? each))).map(count),
  } as unknown as D1Database
  return { db: counting, tally }
}
