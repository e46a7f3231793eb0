// Makes store calls fail at random, based on a seed, so that a run can be repeated.

const fail = (): never => {
  throw new Error('STORAGE_ERROR: secret path')
}

/** Runs a call, or throws before or after it. A throw after the call looks like a lost response. */
export type Disturb = <T>(call: () => Promise<T>) => Promise<T>

export const disturbBy = (roll: () => number, share: number): Disturb => {
  return async (call) => {
    const fate = roll()
    if (fate < share / 2) fail()
    const done = await call()
    return fate < share ? fail() : done
  }
}

const disturbCalls = <T extends object>(target: T, names: string[], disturb: Disturb): T =>
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

/** Wraps R2 so that some of its calls fail. */
export const disturbedBucket = (bucket: R2Bucket, disturb: Disturb): R2Bucket =>
  disturbCalls(bucket, ['put', 'get', 'head', 'list', 'delete'], disturb)

/** Wraps D1 so that some of its queries and batches fail. */
export function disturbedDb(db: D1Database, disturb: Disturb): D1Database {
  const inner = new WeakMap<object, D1PreparedStatement>()
  const wrap = (statement: D1PreparedStatement): D1PreparedStatement => {
    const wrapped = new Proxy(disturbCalls(statement, ['all', 'run', 'raw', 'first'], disturb), {
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
