// A D1 binding that counts the rows it reads and writes. Selects whose rows come back without figures are asked a second time
// for the figures only.
export type Rows = { read: number; written: number }

type Kept = { statement: D1PreparedStatement; sql: string }

export function countingDatabase(binding: D1Database, rows: Rows): D1Database {
  const originals = new WeakMap<object, D1PreparedStatement>()

  const count = <T>(result: D1Result<T>): D1Result<T> => {
    rows.read += result.meta.rows_read
    rows.written += result.meta.rows_written
    return result
  }

  const raw = async ({ statement, sql }: Kept): Promise<unknown[][]> => {
    if (/^\s*select\b/i.test(sql)) {
      count(await statement.all())
      return statement.raw()
    }
    const { results } = count(await statement.all<Record<string, unknown>>())
    return results.map((row) => Object.values(row))
  }

  const wrap = (kept: Kept): D1PreparedStatement => {
    const { statement, sql } = kept
    const wrapped = {
      bind: (...values: unknown[]) => wrap({ statement: statement.bind(...values), sql }),
      all: async () => count(await statement.all()),
      run: async () => count(await statement.run()),
      raw: () => raw(kept),
      first: async (column?: string) => {
        const [row] = count(await statement.all<Record<string, unknown>>()).results
        if (row === undefined) return null
        return column === undefined ? row : row[column]
      },
    }
    originals.set(wrapped, statement)
    // Only what is used here of the binding's interface is there; anything else would fail loudly.
    return wrapped as unknown as D1PreparedStatement
  }

  const counting = {
    prepare: (sql: string) => wrap({ statement: binding.prepare(sql), sql }),
    batch: async (statements: D1PreparedStatement[]) => {
      const inner = statements.map((statement) => originals.get(statement) ?? statement)
      return (await binding.batch(inner)).map(count)
    },
  }
  return counting as unknown as D1Database
}
