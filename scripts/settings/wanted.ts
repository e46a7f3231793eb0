// Lists the settings of a deployment. The site's worker and the staff host's worker each have a
// list.
import { createHash } from 'node:crypto'
import { join } from 'node:path'

export type Settings = Record<string, unknown>

/** Returns the name of the staff host's worker. @param worker  the name of the site's worker */
export const staffWorkerOf = (worker: string): string => `${worker}-staff`

/** The settings that differ from one organisation to another. */
export interface OwnSettings {
  /** the name of the site's worker */
  name: string
  account_id?: string
  routes?: { pattern: string; custom_domain: true }[]
  database_name: string
  database_id: string
  bucket_name: string
  /** the jurisdiction of the bucket */
  jurisdiction?: string
  vars: Record<string, string>
}

/** The values in wrangler.toml, which are the same for every organisation. */
export const LOCAL: OwnSettings = {
  name: 'oasis',
  database_name: 'oasis',
  database_id: '00000000-0000-0000-0000-000000000000',
  bucket_name: 'oasis-files',
  vars: {
    STAFF_HOST: '',
    FLOOD_MODE: 'auto',
    ALERT_LANG: 'ky',
    ALERT_EVERY_MINUTES: '10',
    ALERT_DANGER_MINUTES: '15',
    ALERT_REPEATS: '1',
    ALERT_DIGEST_HOURS: '9 18',
    DATABASE_MB: '500',
    PLAN: 'free',
    TURNSTILE_SITE_KEY: '',
    TURNSTILE_VERIFY_URL: '',
  },
}

/**
 * The number of blocks into which rate limit numbers are divided. A block is derived from a
 * worker's name, except for the worker in LOCAL.
 */
const NAMESPACES = 100_000

/**
 * Returns the number of a rate limit. Each worker's numbers are derived from its name, because
 * limits with equal numbers in one account share a count.
 */
function namespaceOf(worker: string, at: number): string {
  if (worker === LOCAL.name) return String(1000 + at)
  const drawn = createHash('sha256').update(worker).digest().readUInt32BE() % NAMESPACES
  return String((drawn + 1) * 10_000 + at)
}

/** The settings that both workers share. */
const SHARED = {
  // Logs and traces record addresses and headers of people who report.
  observability: { enabled: false },
  // Other addresses would serve old versions of the sealing page.
  workers_dev: false,
  preview_urls: false,
  send_metrics: false,
  // This setting halves the bytes that Cloudflare loads before the first request.
  minify: true,
}

/** Returns the field that a bucket in a jurisdiction needs. */
export const jurisdictionOf = ({ jurisdiction }: Pick<OwnSettings, 'jurisdiction'>): Settings =>
  jurisdiction === undefined ? {} : { jurisdiction }

/** Returns the rate limits of a site's worker. */
export const ratelimitsOf = (worker: string): Settings[] =>
  [
    { name: 'CHUNK_PACE', at: 2, simple: { limit: 600, period: 10 } },
    { name: 'REPORT_PACE', at: 4, simple: { limit: 200, period: 10 } },
    { name: 'FLOOD', at: 1, simple: { limit: 15, period: 60 } },
    { name: 'FLOOD_HIGH', at: 3, simple: { limit: 60, period: 60 } },
  ].map(({ name, at, simple }) => ({ name, namespace_id: namespaceOf(worker, at), simple }))

/**
 * Returns the settings that the site's worker must have.
 *
 * @param root  the clone's folder
 * @param dist  the folder of the build
 */
export const wantedOfSite = (
  root: string,
  own: OwnSettings = LOCAL,
  dist = join(root, 'dist'),
): Settings => ({
  ...SHARED,
  name: own.name,
  main: join(root, 'worker', 'index.ts'),
  account_id: own.account_id,
  routes: own.routes,
  triggers: { crons: ['* * * * *'] },
  assets: {
    directory: dist,
    binding: 'ASSETS',
    html_handling: 'auto-trailing-slash',
    not_found_handling: 'none',
    run_worker_first: ['/', '/api/*', '/exit', '/exit/now', '/staff', '/staff/*', '/_astro/*'],
  },
  d1_databases: [
    {
      binding: 'DB',
      database_name: own.database_name,
      database_id: own.database_id,
      migrations_dir: join(root, 'migrations'),
    },
  ],
  r2_buckets: [{ binding: 'FILES', bucket_name: own.bucket_name, ...jurisdictionOf(own) }],
  ratelimits: ratelimitsOf(own.name),
  vars: own.vars,
})

/**
 * Returns the settings that the staff host's worker must have: no files, stores or variables.
 *
 * @param root  the clone's folder
 */
export const wantedOfStaffHost = (
  root: string,
  { account_id, name, staffHost }: Pick<OwnSettings, 'account_id' | 'name'> & { staffHost: string },
): Settings => ({
  ...SHARED,
  name: staffWorkerOf(name),
  main: join(root, 'worker', 'staff-host.ts'),
  account_id,
  routes: [{ pattern: staffHost, custom_domain: true }],
  services: [{ binding: 'SITE', service: name }],
})
