// Lists the settings of a deployment. The site's worker and the staff host's worker each have a
// list.
import { join } from 'node:path'

export type Settings = Record<string, unknown>

const SITE_WORKER = 'oasis'

/** The settings that differ from one organisation to another. */
export interface OwnSettings {
  account_id?: string
  routes?: { pattern: string; custom_domain: true }[]
  database_id: string
  bucket_name: string
  vars: Record<string, string>
}

/** The values in wrangler.toml, which are the same for every organisation. */
export const LOCAL: OwnSettings = {
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

const limit = (name: string, namespace_id: string, simple: { limit: number; period: number }) => ({
  name,
  namespace_id,
  simple,
})

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

/**
 * Returns the settings that the site's worker must have.
 *
 * @param root  the clone's folder
 */
export const wantedOfSite = (root: string, own: OwnSettings = LOCAL): Settings => ({
  ...SHARED,
  name: SITE_WORKER,
  main: join(root, 'worker', 'index.ts'),
  account_id: own.account_id,
  routes: own.routes,
  triggers: { crons: ['* * * * *'] },
  assets: {
    directory: join(root, 'dist'),
    binding: 'ASSETS',
    html_handling: 'auto-trailing-slash',
    not_found_handling: 'none',
    run_worker_first: ['/', '/api/*', '/exit', '/exit/now', '/staff', '/staff/*', '/_astro/*'],
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

/**
 * Returns the settings that the staff host's worker must have: no files, stores or variables.
 *
 * @param root  the clone's folder
 */
export const wantedOfStaffHost = (
  root: string,
  { account_id, staffHost }: Pick<OwnSettings, 'account_id'> & { staffHost: string },
): Settings => ({
  ...SHARED,
  name: 'oasis-staff',
  main: join(root, 'worker', 'staff-host.ts'),
  account_id,
  routes: [{ pattern: staffHost, custom_domain: true }],
  services: [{ binding: 'SITE', service: SITE_WORKER }],
})
