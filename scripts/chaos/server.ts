// The worker in a real workerd with a state of its own, which can be killed at any moment and started again on the same files.
import { build } from 'esbuild'
import { convertV4MiniflareOptions, Miniflare } from 'miniflare'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { childrenOf } from '#scripts/bench/cpu'
import type { Organisation } from '#scripts/org/organisation'
import { publishSql } from '#scripts/org/publish'
import { root } from '#scripts/paths'

const DATE = '2026-11-01'
/** Of the reports between two kills some must find the flood, so that both stores are at work. */
const FLOOD_LIMIT = 20

export type Place = { state: string; port: number; script: string }

export async function bundleWorker(): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [join(root, 'worker/index.ts')],
    absWorkingDir: root,
    ...{ bundle: true, write: false, format: 'esm', logLevel: 'error' },
    conditions: ['workerd', 'worker', 'browser'],
    external: ['cloudflare:*', 'node:*'],
  })
  return outputFiles[0]?.text ?? ''
}

/** What of a D1 database is needed to fill it. */
type Fillable = { prepare: (sql: string) => { run: () => Promise<unknown> } }

/** Migrations, then what the organisation publishes. */
export async function prepareDatabase(
  database: Fillable,
  organisation: Organisation,
): Promise<void> {
  const folder = join(root, 'migrations')
  const files = readdirSync(folder).filter((name) => name.endsWith('.sql'))
  const statements = files
    .sort()
    .flatMap((name) => readFileSync(join(folder, name), 'utf8').split('--> statement-breakpoint'))
  const published = publishSql(organisation).split(/;\n/)
  for (const sql of [...statements, ...published].filter((each) => each.trim() !== ''))
    await database.prepare(sql).run()
}

export class Server {
  readonly #runtime: Miniflare

  constructor({ state, port, script }: Place) {
    this.#runtime = new Miniflare(
      convertV4MiniflareOptions({
        ...{ modules: true, script, compatibilityDate: DATE, host: '127.0.0.1', port },
        resourcePersistencePath: state,
        d1Databases: { DB: 'oasis' },
        r2Buckets: { FILES: 'oasis-files' },
        ratelimits: { FLOOD: { namespace_id: '1', simple: { limit: FLOOD_LIMIT, period: 60 } } },
        bindings: {
          ...{ FLOOD_MODE: 'auto', DATABASE_MB: '500', STAFF_HOST: '' },
          ...{ TURNSTILE_SITE_KEY: '', TURNSTILE_VERIFY_URL: '' },
        },
      }),
    )
  }

  ready = async (): Promise<void> => void (await this.#runtime.ready)

  /** SIGKILL to workerd, by its number: nothing is told beforehand and nothing is put in order. */
  async kill(): Promise<void> {
    for (const pid of childrenOf(process.pid)) process.kill(pid, 'SIGKILL')
    await this.stop()
  }

  // What is left of a runtime that was killed may complain when it is put away.
  stop = (): Promise<void> => this.#runtime.dispose().catch(() => undefined)

  async prepare(organisation: Organisation): Promise<void> {
    await prepareDatabase(await this.#runtime.getD1Database('DB'), organisation)
  }

  async runClock(): Promise<void> {
    await (await this.#runtime.getWorker()).scheduled({ cron: '* * * * *' })
  }

  /** Hex ids in the database, once for each row. */
  async storedIds(): Promise<string[]> {
    const database = await this.#runtime.getD1Database('DB')
    const { results } = await database
      .prepare('SELECT hex(id) AS id FROM reports UNION ALL SELECT hex(id) FROM follow_ups')
      .all<{ id: string }>()
    return results.map(({ id }) => id.toLowerCase())
  }

  /** Hex ids of what waits in R2. */
  async waitingIds(): Promise<string[]> {
    const bucket = await this.#runtime.getR2Bucket('FILES')
    const ids: string[] = []
    let cursor: string | undefined
    do {
      const page = await bucket.list({ prefix: 'overflow/', ...(cursor && { cursor }) })
      for (const { key } of page.objects)
        ids.push(Buffer.from(key.slice('overflow/a/'.length), 'base64url').toString('hex'))
      cursor = page.truncated ? page.cursor : undefined
    } while (cursor)
    return ids
  }
}
