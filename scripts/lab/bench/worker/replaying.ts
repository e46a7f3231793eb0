// Runs the real worker with a database, pages and R2 look-ups that respond from memory. Each store
// is queried only once. Later calls replay the first response, so that only the worker's own work
// is measured. The platform also counts only this work, because D1, R2 and the pages run elsewhere.
import worker from '#worker/index'
import type { Env } from '#worker/env'

const results = new Map<string, Promise<unknown>>()
const pages = new Map<string, Promise<{ body: ArrayBuffer; init: ResponseInit }>>()
const originals = new WeakMap<
  object,
  { statement: D1PreparedStatement; sql: string; values: unknown[] }
>()

// The real binding writes parameters as JSON and bytes as lists of numbers; the measurement
// includes this cost.
const asSent = (values: unknown[]): string =>
  JSON.stringify(values.map((value) => (value instanceof Uint8Array ? Array.from(value) : value)))

function played<T>(key: string, values: unknown[], ask: () => Promise<T>): Promise<T> {
  asSent(values)
  const known = results.get(key)
  // The key contains the query and the name of the called method, so the result has the expected
  // type.
  if (known !== undefined) return known as Promise<T>
  const asked = ask()
  results.set(key, asked)
  return asked
}

/**
 * Replays rows from their JSON text, which the real binding parses too. D1 returns bytes as lists
 * of numbers, so the text contains the entire response.
 */
async function playedRows<T>(key: string, values: unknown[], ask: () => Promise<T>): Promise<T> {
  const text = await played(key, values, async () => JSON.stringify(await ask()))
  // The text was made from the rows of the same query.
  return JSON.parse(text) as T
}

function wrap(statement: D1PreparedStatement, sql: string, values: unknown[]): D1PreparedStatement {
  const wrapped = {
    bind: (...bound: unknown[]) => wrap(statement.bind(...bound), sql, bound),
    all: () => played(`all ${sql}`, values, () => statement.all()),
    run: () => played(`run ${sql}`, values, () => statement.run()),
    raw: () => played(`raw ${sql}`, values, () => statement.raw()),
    first: (column?: string) =>
      played(`first ${column ?? ''} ${sql}`, values, () =>
        column === undefined ? statement.first() : statement.first(column),
      ),
  }
  originals.set(wrapped, { statement, sql, values })
  // The wrapper has only the methods used here; any other call would fail loudly.
  return wrapped as unknown as D1PreparedStatement
}

const replayingDatabase = (binding: D1Database): D1Database =>
  ({
    prepare: (sql: string) => wrap(binding.prepare(sql), sql, []),
    batch: (statements: D1PreparedStatement[]) => {
      const kept = statements.flatMap((statement) => originals.get(statement) ?? [])
      const key = `batch ${kept.map(({ sql }) => sql).join(';')}`
      const values = kept.flatMap((one) => one.values)
      return playedRows(key, values, () => binding.batch(kept.map(({ statement }) => statement)))
    },
  }) as unknown as D1Database

/** Replays an object with its bytes, where the real binding returns a stream. */
const replayedObject = async (asked: Promise<R2ObjectBody | null>): Promise<unknown> => {
  const object = await asked
  const bytes = await object?.arrayBuffer()
  return bytes && { arrayBuffer: () => Promise.resolve(bytes.slice(0)) }
}

/**
 * Replays the look-ups for a new report, and the secrets of cases. Other calls use the real bucket.
 */
const replayingBucket = (binding: R2Bucket): R2Bucket =>
  ({
    head: (key: string) => played('head', [key], () => binding.head(key)),
    list: (options: R2ListOptions) =>
      played(`list ${JSON.stringify(options)}`, [], () => binding.list(options)),
    get: (key: string) =>
      key.startsWith('secrets/')
        ? played(`get ${key}`, [], () => replayedObject(binding.get(key)))
        : binding.get(key),
    put: (key: string, value: ArrayBuffer, options: R2PutOptions) =>
      binding.put(key, value, options),
    delete: (keys: string[]) => binding.delete(keys),
  }) as unknown as R2Bucket

const replayingPages = (assets: Fetcher): Fetcher =>
  ({
    fetch: async (input: RequestInfo) => {
      const address = input instanceof Request ? input.url : input
      const kept =
        pages.get(address) ??
        assets.fetch(address).then(async (answer) => ({
          body: await answer.arrayBuffer(),
          init: { status: answer.status, headers: [...answer.headers] },
        }))
      pages.set(address, kept)
      const { body, init } = await kept
      return new Response(body, init)
    },
  }) as unknown as Fetcher

export default {
  fetch: (request, env, context) => {
    const replaying: Env = {
      ...env,
      DB: replayingDatabase(env.DB),
      FILES: replayingBucket(env.FILES),
      ASSETS: replayingPages(env.ASSETS),
    }
    return worker.fetch(request, replaying, context)
  },
} satisfies ExportedHandler<Env>
