// Bindings that fail, as a storage does on a bad day.
import { env } from 'cloudflare:workers'

const fail = (): never => {
  throw new Error('STORAGE_ERROR: secret path')
}

/** A binding of which every call fails. */
const gone = <T extends object>(): T => new Proxy({} as T, { get: () => fail })
export const goneDb = gone<D1Database>()
export const goneBucket = gone<R2Bucket>()
export const goneAssets = gone<Fetcher>()

const never = () => new Promise<never>(() => undefined)
/** A database that is asked and never answers. */
export const hangingDb = {
  prepare: () => {
    const statement = { bind: () => statement, all: never, first: never, run: never, raw: never }
    return statement
  },
  batch: never,
} as unknown as D1Database

/** An R2 that is asked and never answers. */
export const hangingBucket = new Proxy({} as R2Bucket, { get: () => never })

/** Keys that lie in R2 under a folder. */
export const keysIn = async (prefix: string): Promise<string[]> =>
  (await env.FILES.list({ prefix })).objects.map(({ key }) => key)

/** Makes calls fail: some before anything happens, some after all was done, which is what a lost answer looks like. */
type Disturb = <T>(call: () => Promise<T>) => Promise<T>

export const disturbBy = (roll: () => number, share: number): Disturb => {
  return async (call) => {
    const fate = roll()
    if (fate < share / 2) fail()
    const done = await call()
    return fate < share ? fail() : done
  }
}

const calls = <T extends object>(target: T, names: string[], disturb: Disturb): T =>
  new Proxy(target, {
    get: (inner, name) => {
      const value: unknown = Reflect.get(inner, name)
      if (typeof value !== 'function') return value
      const call = (...given: unknown[]): unknown => value.apply(inner, given) as unknown
      return names.includes(String(name))
        ? (...given: unknown[]) => disturb(() => Promise.resolve(call(...given)))
        : call
    },
  })

/** R2 with disturbed calls. */
export const disturbedBucket = (bucket: R2Bucket, disturb: Disturb): R2Bucket =>
  calls(bucket, ['put', 'get', 'head', 'list', 'delete'], disturb)

/** R2 of which each call goes through `around`, by its name. */
export const heardBucket = (
  bucket: R2Bucket,
  around: (name: string, call: () => Promise<unknown>) => Promise<unknown>,
): R2Bucket =>
  new Proxy(bucket, {
    get: (inner, name) => {
      const value: unknown = Reflect.get(inner, name)
      if (typeof value !== 'function') return value
      return (...given: unknown[]) =>
        around(String(name), () => Promise.resolve(value.apply(inner, given) as unknown))
    },
  })

/** D1 with disturbed queries and batches. */
export function disturbedDb(db: D1Database, disturb: Disturb): D1Database {
  const inner = new WeakMap<object, D1PreparedStatement>()
  const wrap = (statement: D1PreparedStatement): D1PreparedStatement => {
    const wrapped = new Proxy(calls(statement, ['all', 'run', 'raw', 'first'], disturb), {
      get: (disturbed, name) =>
        name === 'bind'
          ? (...values: unknown[]) => wrap(statement.bind(...values))
          : (Reflect.get(disturbed, name) as unknown),
    })
    inner.set(wrapped, statement)
    return wrapped
  }
  return {
    prepare: (query: string) => wrap(db.prepare(query)),
    batch: (statements: D1PreparedStatement[]) =>
      disturb(() => db.batch(statements.map((each) => inner.get(each) ?? each))),
  } as unknown as D1Database
}
