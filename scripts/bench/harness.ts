// The worker on workerd with an empty local database, for measuring. Nothing of it is kept.
import { createTestHarness } from 'wrangler'
import { bindings, UNBOUNDED } from '#scripts/bindings'
import { benchDist } from '#scripts/paths'
import type { Organisation } from '#scripts/org/organisation'
import { publishStatements } from '#scripts/org/publish'

// Asking Cloudflare for a sample of request properties has no place in a measurement.
process.env['CLOUDFLARE_CF_FETCH_ENABLED'] = 'false'
process.env['WRANGLER_LOG'] = 'warn'

/** What is used here of a D1 binding. */
export type BenchDatabase = {
  prepare: (sql: string) => {
    bind: (...values: unknown[]) => {
      run: () => Promise<unknown>
      first: (column: string) => Promise<unknown>
    }
  }
}

export type Bench = {
  send: (path: string, init?: RequestInit) => Promise<Response>
  /** to the worker that does nothing */
  sendIdle: (init: RequestInit) => Promise<Response>
  database: BenchDatabase
  /** how many objects the file store holds, a thousand at most */
  objects: () => Promise<number>
  origin: string
  close: () => Promise<void>
}

export async function openBench(main: string, organisation: Organisation): Promise<Bench> {
  // Both behind the same front, so that its cost is in both.
  const bound = bindings(UNBOUNDED)
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
      { config: { ...shared, name: 'idle', main: 'scripts/bench/worker/idle.ts' } },
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
  const origin = url.origin.replace('127.0.0.1', 'localhost')
  // The harness' own fetch types are undici's; both speak the same.
  const ask = (name: string) => server.getWorker(name).fetch as unknown as typeof fetch
  return {
    origin,
    database,
    objects: async () => (await files.list()).objects.length,
    send: (path, init) => ask('bench')(`${origin}${path}`, init),
    sendIdle: (init) => ask('idle')(`${origin}/`, init),
    close: () => server.close(),
  }
}
