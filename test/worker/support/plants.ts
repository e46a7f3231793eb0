// Plants faults, to prove that a test finds them. A planted fault changes a binding, never the
// worker's own code.
import type { Env } from '#worker/env'

/** Changes the text of each query. */
function rewriting(database: D1Database, from: RegExp, to: string): D1Database {
  const prepare: D1Database['prepare'] = (query) => database.prepare(query.replace(from, to))
  return Object.assign({}, database, { prepare })
}

/** The JSON paths of the second person in each night's call order and in the day's call order. */
const SECONDS = [...Array.from({ length: 7 }, (_, night) => `nights[${night}]`), 'days']
  .map((order) => `'$.${order}[1]'`)
  .join()

/** The faults, keyed by name. */
const PLANTS: Readonly<Record<string, (env: Env) => Partial<Env>>> = {
  /** The clock never calls for an alert that somebody has taken. */
  'nobody-is-called-again': () => ({ ALERT_DANGER_MINUTES: '9999' }),
  /** The edge skips the second person of each order in the rota. */
  'next-is-skipped': ({ DB }) => ({
    DB: rewriting(DB, /change FROM rotas/, `json_remove(change, ${SECONDS}) AS change FROM rotas`),
  }),
  /** A record replaces a revision that its author has not read. */
  'race-overwrites': ({ DB }) => ({
    DB: rewriting(DB, /(AND record = \?\), 0\)) = \?/, '$1 >= ?'),
  }),
}

/** Returns the bindings with the planted fault, or the bindings themselves. */
export function planted(fault: string | null, env: Env): Env {
  if (fault === null) return env
  const plant = PLANTS[fault]
  if (!plant) throw new Error(`no fault is called ${fault}`)
  return { ...env, ...plant(env) }
}
