// Provides bindings that fail or hang, and bindings that a test observes.
import { env } from 'cloudflare:workers'

const fail = (): never => {
  throw new Error('STORAGE_ERROR: secret path')
}

/** Makes a binding on which every call throws. */
const gone = <T extends object>(): T => new Proxy({} as T, { get: () => fail })
export const goneDb = gone<D1Database>()
export const goneBucket = gone<R2Bucket>()
export const goneAssets = gone<Fetcher>()

const never = () => new Promise<never>(() => undefined)
/** A database that never responds. */
export const hangingDb = {
  prepare: () => {
    const statement = { bind: () => statement, all: never, first: never, run: never, raw: never }
    return statement
  },
  batch: never,
} as unknown as D1Database

/** An R2 bucket that never responds. */
export const hangingBucket = new Proxy({} as R2Bucket, { get: () => never })

/** Lists the keys in R2 that start with `prefix`. */
export const keysIn = async (prefix: string): Promise<string[]> =>
  (await env.FILES.list({ prefix })).objects.map(({ key }) => key)

/** Wraps R2 so that `around` receives each call with its name and its first argument. */
export const heardBucket = (
  bucket: R2Bucket,
  around: (name: string, call: () => Promise<unknown>, first: unknown) => Promise<unknown>,
): R2Bucket =>
  new Proxy(bucket, {
    get: (inner, name) => {
      const value: unknown = Reflect.get(inner, name)
      if (typeof value !== 'function') return value
      return (...given: unknown[]) =>
        around(String(name), () => Promise.resolve(value.apply(inner, given) as unknown), given[0])
    },
  })
