// Reads the settings that wrangler would deploy, as wrangler itself reads them, and compares each
// with this list. A setting outside the list must be off, so that new logs and new receivers of
// requests are refused.
import { existsSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { unstable_readConfig } from 'wrangler'
import * as z from 'zod/mini'

const Effective = z.looseObject({
  definedEnvironments: z.optional(z.array(z.string())),
  build: z.optional(z.looseObject({ command: z.optional(z.string()) })),
  assets: z.optional(z.looseObject({ directory: z.optional(z.string()) })),
  d1_databases: z.array(z.looseObject({ migrations_dir: z.optional(z.string()) })),
  r2_buckets: z.array(z.looseObject({})),
})

/** Reads a configuration as wrangler does when it deploys. */
export function effectiveSettings(config: string): z.infer<typeof Effective> {
  const read: unknown = unstable_readConfig({ config }, { hideWarnings: true })
  return Effective.parse(JSON.parse(JSON.stringify(read)))
}

/** The settings that differ from one organisation to another. */
export interface OwnSettings {
  account_id?: string
  routes?: { pattern: string; custom_domain: true }[]
  database_id: string
  bucket_name: string
  vars: Record<string, string>
}

/** The values in wrangler.toml, which belong to no organisation. */
export const LOCAL: OwnSettings = {
  database_id: '00000000-0000-0000-0000-000000000000',
  bucket_name: 'oasis-files',
  vars: {
    STAFF_HOST: '',
    FLOOD_MODE: 'auto',
    ALERT_LANG: 'ky',
    ALERT_EVERY_MINUTES: '10',
    ALERT_REPEATS: '1',
    ALERT_DIGEST_HOURS: '9 18',
    DATABASE_MB: '500',
    PLAN: 'free',
    TURNSTILE_SITE_KEY: '',
    TURNSTILE_VERIFY_URL: '',
  },
}

/** Settings that change nothing at Cloudflare, and names and dates of wrangler itself. */
const FREE = new Set([
  ...['configPath', 'userConfigPath', 'topLevelName', 'compatibility_date'],
  ...['dev', 'jsx_factory', 'jsx_fragment', 'python_modules'],
])

const limit = (name: string, namespace_id: string, simple: { limit: number; period: number }) => ({
  name,
  namespace_id,
  simple,
})

/** Returns the settings that a deployment must have. @param root  the folder of the clone */
const wanted = (root: string, own: OwnSettings): Record<string, unknown> => ({
  name: 'oasis',
  main: join(root, 'worker', 'index.ts'),
  account_id: own.account_id,
  routes: own.routes,
  // Logs and traces record addresses and headers of people who report.
  observability: { enabled: false },
  // Other addresses would serve old versions of the page that seals.
  workers_dev: false,
  preview_urls: false,
  send_metrics: false,
  // This setting halves the bytes that Cloudflare loads before the first request.
  minify: true,
  triggers: { crons: ['* * * * *'] },
  assets: {
    directory: join(root, 'dist'),
    binding: 'ASSETS',
    html_handling: 'auto-trailing-slash',
    not_found_handling: 'none',
    run_worker_first: ['/', '/api/*', '/exit', '/exit/now'],
  },
  d1_databases: [
    {
      binding: 'DB',
      database_name: 'oasis',
      database_id: own.database_id,
      migrations_dir: join(root, 'migrations'),
    },
  ],
  r2_buckets: [{ binding: 'FILES', bucket_name: own.bucket_name }],
  ratelimits: [
    limit('CHUNK_PACE', '1002', { limit: 600, period: 10 }),
    limit('REPORT_PACE', '1004', { limit: 200, period: 10 }),
    limit('FLOOD', '1001', { limit: 15, period: 60 }),
    limit('FLOOD_HIGH', '1003', { limit: 60, period: 60 }),
  ],
  vars: own.vars,
})

/** The files that wrangler prefers to wrangler.toml, the file that people read. */
const PREFERRED = ['wrangler.json', 'wrangler.jsonc', '.wrangler/deploy/config.json']

export const preferredFaults = (root: string): string[] =>
  PREFERRED.filter((name) => existsSync(join(root, name))).map(
    (name) => `${name}: wrangler would take it instead of wrangler.toml`,
  )

/**
 * Compares a configuration of wrangler with the list.
 *
 * @param root  the folder of the clone
 * @returns one sentence for each setting that differs
 */
export function effectiveFaults(root: string, config: string, own: OwnSettings = LOCAL): string[] {
  const effective = withWholePaths(config)
  const named = Object.fromEntries(Object.entries(effective).filter(([name]) => !FREE.has(name)))
  const file = config.split(/[\\/]/).at(-1) ?? ''
  return differences(named, wanted(root, own)).map((fault) => `${file}: ${fault}`)
}

/** Completes paths, because wrangler reads paths from the folder of the configuration. */
function withWholePaths(config: string): Record<string, unknown> {
  const { assets, build, d1_databases, definedEnvironments, ...others } = effectiveSettings(config)
  const from = (path = ''): string => resolve(dirname(config), path)
  return {
    ...others,
    // Another environment can deploy other settings under the same name.
    env: definedEnvironments,
    // A build command could build other code than the code of this clone.
    build: build?.command,
    assets: { ...assets, directory: from(assets?.directory) },
    d1_databases: d1_databases.map((database) => ({
      ...database,
      migrations_dir: from(database.migrations_dir),
    })),
  }
}

function differences(actual: unknown, expected: unknown, name = ''): string[] {
  if (isGroup(actual) && isGroup(expected)) {
    const names = new Set([...Object.keys(expected), ...Object.keys(actual)])
    return [...names].flatMap((key) =>
      differences(actual[key], expected[key], name === '' ? key : `${name}.${key}`),
    )
  }
  if (expected === undefined) return isOff(actual) ? [] : [`${name} must not be set`]
  return isDeepStrictEqual(actual, expected) ? [] : [`${name} must be ${JSON.stringify(expected)}`]
}

/** Returns true for an object and for a list. The name of an entry in a list is its index. */
const isGroup = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null

/** Returns whether a setting is absent, false or empty, or has only such parts. */
const isOff = (value: unknown): boolean =>
  typeof value === 'object' && value !== null
    ? Object.values(value).every(isOff)
    : value === undefined || value === null || value === false || value === ''
