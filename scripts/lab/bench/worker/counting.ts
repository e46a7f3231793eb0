// Runs the real worker and counts its storage calls. Headers in each response contain the numbers
// of rows read and written, and of R2 calls in each class. Work after the response is counted too.
import worker from '#worker/index'
import type { Env } from '#worker/env'

interface Rows {
  read: number
  written: number
}

interface Kept {
  statement: D1PreparedStatement
  sql: string
}

/**
 * Makes a D1 binding that counts the rows that it reads and writes. A raw select returns rows
 * without figures, so the binding runs the query a second time to obtain the figures.
 */
function countingDatabase(binding: D1Database, rows: Rows): D1Database {
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
    const { results } = count(await statement.all())
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
        const [row] = count(await statement.all()).results
        if (row === undefined) return null
        return column === undefined ? row : row[column]
      },
    }
    originals.set(wrapped, statement)
    // The wrapper has only the methods used here; any other call would fail loudly.
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

interface ClassCalls {
  A: number
  B: number
}

/** Cloudflare bills writes and lists as class A and reads as class B. Deleting is free. */
const CLASS_OF: Readonly<Partial<Record<string, keyof ClassCalls>>> = {
  put: 'A',
  list: 'A',
  get: 'B',
  head: 'B',
}

const countingBucket = (binding: R2Bucket, calls: ClassCalls): R2Bucket =>
  new Proxy(binding, {
    get: (inner, name) => {
      const value: unknown = Reflect.get(inner, name)
      if (typeof value !== 'function') return value
      return (...given: unknown[]): unknown => {
        const billed = CLASS_OF[String(name)]
        if (billed !== undefined) calls[billed]++
        return value.apply(inner, given) as unknown
      }
    },
  })

export default {
  async fetch(request, env) {
    const rows = { read: 0, written: 0 }
    const calls = { A: 0, B: 0 }
    const counted: Env = {
      ...env,
      DB: countingDatabase(env.DB, rows),
      FILES: countingBucket(env.FILES, calls),
    }
    const later: Promise<unknown>[] = []
    // The worker uses only this method of the context.
    const context = {
      waitUntil: (work: Promise<unknown>) => void later.push(work),
    } as unknown as ExecutionContext
    const answer = await worker.fetch(request, counted, context)
    await Promise.all(later)
    const copy = new Response(answer.body, answer)
    copy.headers.set('bench-rows', `${rows.read} ${rows.written}`)
    copy.headers.set('bench-r2', `${calls.A} ${calls.B}`)
    return copy
  },
} satisfies ExportedHandler<Env>
