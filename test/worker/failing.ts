// Bindings that fail, as a storage does on a bad day.
import { env } from 'cloudflare:workers'

const fail = (): never => {
  throw new Error('STORAGE_ERROR: secret path')
}

/** A binding of which every call fails. */
const gone = <T extends object>(): T => new Proxy({} as T, { get: () => fail })
export const goneDb = gone<D1Database>()
export const goneBucket = gone<R2Bucket>()

const never = () => new Promise<never>(() => undefined)
/** A database that is asked and never answers. */
export const hangingDb = {
  prepare: () => {
    const statement = { bind: () => statement, all: never, first: never, run: never, raw: never }
    return statement
  },
  batch: never,
} as unknown as D1Database

/** Keys that lie in R2 under a folder. */
export const keysIn = async (prefix: string): Promise<string[]> =>
  (await env.FILES.list({ prefix })).objects.map(({ key }) => key)
