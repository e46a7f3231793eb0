// Runs the worker in a workerd process that a measurement can inspect. The server for browsers is
// in serve.ts.
import { build } from 'esbuild'
import { convertV4MiniflareOptions, Miniflare } from 'miniflare'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { bindings, type Changes } from '#scripts/local/bindings'
import type { Organisation } from '#scripts/org/organisation'
import { publishStatements } from '#scripts/org/publish'
import { migrationFiles } from '#scripts/shared/migration-files'
import { root } from '#scripts/shared/paths'

export async function bundleWorker(): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [join(root, 'worker/index.ts')],
    absWorkingDir: root,
    bundle: true,
    write: false,
    format: 'esm',
    logLevel: 'error',
    conditions: ['workerd', 'worker', 'browser'],
    external: ['cloudflare:*', 'node:*'],
  })
  return outputFiles[0]?.text ?? ''
}

export interface Workerd extends Changes {
  /** the bundled worker */
  script: string
  port: number
  inspectorPort?: number
}

export function startWorkerd({ script, port, inspectorPort, ...changes }: Workerd): Miniflare {
  const { compatibility_date, d1_databases, r2_buckets, ratelimits, vars } = bindings(changes)
  return new Miniflare(
    convertV4MiniflareOptions({
      modules: true,
      script,
      compatibilityDate: compatibility_date,
      host: '127.0.0.1',
      port,
      ...(inspectorPort !== undefined && { inspectorPort }),
      d1Databases: Object.fromEntries(
        d1_databases.map(({ binding, database_name }) => [binding, database_name]),
      ),
      r2Buckets: Object.fromEntries(
        r2_buckets.map(({ binding, bucket_name }) => [binding, bucket_name]),
      ),
      ratelimits: Object.fromEntries(ratelimits.map(({ name, ...limit }) => [name, limit])),
      bindings: vars,
    }),
  )
}

/** The D1 methods that are needed to fill a database. */
interface Fillable {
  prepare: (sql: string) => { run: () => Promise<unknown> }
}

/** Lists the statements of all migrations, in order. */
export function migrationStatements(): string[] {
  return migrationFiles(root).flatMap((name) =>
    readFileSync(join(root, 'migrations', name), 'utf8').split('--> statement-breakpoint'),
  )
}

/** Applies the migrations, then publishes the organisation. */
export async function fillDatabase(database: Fillable, organisation: Organisation): Promise<void> {
  for (const sql of [...migrationStatements(), ...publishStatements(organisation)])
    await database.prepare(sql).run()
}

/** Returns the ids of the workerd processes that a process has started, on Linux only (/proc). */
export const workerdsOf = (parent: number): number[] =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((name) => {
      try {
        const stat = readFileSync(`/proc/${name}/stat`, 'utf8')
        const [, ppid] = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
        return stat.includes('(workerd)') && Number(ppid) === parent
      } catch {
        // The process has ended.
        return false
      }
    })
    .map(Number)
