// Runs the worker on workerd with an empty local database, for measurements. Nothing is kept after
// a measurement.
import { createTestHarness } from 'wrangler'
import { bindings, UNBOUNDED, type Changes } from '#scripts/local/bindings'
import { benchDist } from '#scripts/shared/paths'
import type { Organisation } from '#scripts/org/organisation'
import { publishStatements } from '#scripts/org/publish'
import { staffOriginOf } from '#worker/staff-addresses'

// Wrangler must not fetch a sample of request properties from Cloudflare during a measurement.
process.env['CLOUDFLARE_CF_FETCH_ENABLED'] = 'false'
process.env['WRANGLER_LOG'] = 'warn'

/** The part of a D1 binding that the measurements use. */
export interface BenchDatabase {
  prepare: (sql: string) => {
    bind: (...values: unknown[]) => {
      run: () => Promise<unknown>
      first: (column: string) => Promise<unknown>
    }
  }
}

export interface Bench {
  send: (path: string, init?: RequestInit) => Promise<Response>
  /** sends a request to the worker that does nothing */
  sendIdle: (init: RequestInit) => Promise<Response>
  /** sends a request to the worker that only inserts one row, into its own database */
  sendBare: (init: RequestInit) => Promise<Response>
  database: BenchDatabase
  /** counts the objects in the file store, at most a thousand */
  objects: () => Promise<number>
  origin: string
  staffOrigin: string
  close: () => Promise<void>
}

/** The host name of the staff API in a request. */
const STAFF_HOST = 'localhost'

/**
 * Starts the workers.
 *
 * @param changes  the settings to change; by default, those of a measurement without limits
 */
export async function openBench(
  main: string,
  organisation: Organisation,
  changes: Changes = UNBOUNDED,
): Promise<Bench> {
  // Both workers have the same front end, so both figures include its cost.
  const bound = bindings({ ...changes, vars: { ...changes.vars, STAFF_HOST } })
  const shared = {
    compatibility_date: bound.compatibility_date,
    assets: { directory: benchDist, binding: 'ASSETS', run_worker_first: true },
  }
  const server = createTestHarness({
    workers: [
      {
        config: {
          ...shared,
          ...bound,
          name: 'bench',
          main,
        },
      },
      { config: { ...shared, name: 'idle', main: 'scripts/lab/bench/worker/idle.ts' } },
      {
        config: {
          ...shared,
          name: 'bare',
          main: 'scripts/lab/bench/worker/bare.ts',
          d1_databases: [{ binding: 'DB', database_name: 'bare', database_id: 'bare' }],
        },
      },
    ],
  })
  const { url } = await server.listen()
  const worker = server.getWorker('bench')
  await worker.applyD1Migrations('DB')
  const { DB: database, FILES: files } = (await worker.getEnv()) as {
    DB: BenchDatabase
    FILES: { list: () => Promise<{ objects: unknown[] }> }
  }
  for (const statement of publishStatements(organisation))
    await database.prepare(statement).bind().run()
  const bare = (await server.getWorker('bare').getEnv()) as { DB: BenchDatabase }
  await bare.DB.prepare('CREATE TABLE bare (id blob PRIMARY KEY, envelope blob)').bind().run()
  const [origin, staffOrigin] = [url.origin, staffOriginOf(STAFF_HOST)]
  // The harness gives fetch undici's types, and undici's fetch behaves like the standard one.
  const ask = (name: string) => server.getWorker(name).fetch as unknown as typeof fetch
  return {
    ...{ origin, staffOrigin },
    database,
    objects: async () => (await files.list()).objects.length,
    send: (path, init) =>
      ask('bench')(`${path.startsWith('/api/staff/') ? staffOrigin : origin}${path}`, init),
    sendIdle: (init) => ask('idle')(`${origin}/`, init),
    sendBare: (init) => ask('bare')(`${origin}/`, init),
    close: () => server.close(),
  }
}
