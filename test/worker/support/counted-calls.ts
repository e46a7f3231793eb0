// Wraps the bindings of the worker, and counts its R2 calls and the longest chain of calls.
import { env } from 'cloudflare:workers'
import type { Env } from '#worker/env'
import { countingDb, type Tally } from './counting-db.ts'
import { heardBucket } from './failing.ts'

/** The calls that Cloudflare bills as class A: writes and lists. */
const CLASS_A: ReadonlySet<string> = new Set(['put', 'list'])
/** The call that is free. A call that is neither class A nor a delete is class B. */
const FREE = 'delete'

export interface Counted {
  bindings: Pick<Env, 'DB' | 'FILES'>
  rows: Tally
  /** names of the R2 calls, in order */
  calls: string[]
  classA: () => number
  classB: () => number
  /** the longest chain of calls in which each call began after the previous call had ended */
  depth: () => number
}

/**
 * Wraps the database and R2, so that a test can count their calls and rows.
 *
 * @param changes  bindings to wrap, instead of the test's bindings
 */
export function countedCalls(changes: Partial<Pick<Env, 'DB' | 'FILES'>> = {}): Counted {
  const { db, tally } = countingDb(changes.DB ?? env.DB)
  const calls: string[] = []
  // A call is one level deeper than the deepest call that had ended before this call began.
  let ended = 0
  let deepest = 0
  const follow = async <T>(call: () => Promise<T>): Promise<T> => {
    const depth = ended + 1
    deepest = Math.max(deepest, depth)
    try {
      return await call()
    } finally {
      ended = Math.max(ended, depth)
    }
  }
  const FILES = heardBucket(changes.FILES ?? env.FILES, (name, call) => {
    calls.push(name)
    return follow(call)
  })
  const many = (isOne: (name: string) => boolean): number => calls.filter(isOne).length
  return {
    bindings: { DB: followedDb(db, follow), FILES },
    rows: tally,
    calls,
    classA: () => many((name) => CLASS_A.has(name)),
    classB: () => many((name) => !CLASS_A.has(name) && name !== FREE),
    depth: () => deepest,
  }
}

type Follow = <T>(call: () => Promise<T>) => Promise<T>

function followedDb(db: D1Database, follow: Follow): D1Database {
  const inner = new WeakMap<object, D1PreparedStatement>()
  const wrap = (statement: D1PreparedStatement): D1PreparedStatement => {
    const wrapped = {
      bind: (...values: unknown[]) => wrap(statement.bind(...values)),
      all: () => follow(() => statement.all()),
      run: () => follow(() => statement.run()),
      raw: () => follow(() => statement.raw()),
      first: () => follow(() => statement.first()),
    } as unknown as D1PreparedStatement
    inner.set(wrapped, statement)
    return wrapped
  }
  return {
    prepare: (query: string) => wrap(db.prepare(query)),
    batch: (statements: D1PreparedStatement[]) =>
      follow(() => db.batch(statements.map((each) => inner.get(each) ?? each))),
  } as unknown as D1Database
}
