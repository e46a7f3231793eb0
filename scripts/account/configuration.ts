// Writes the settings that wrangler deploys, from wrangler.toml and deployment.json. Wrangler then
// reads only the written file.
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Deployment } from '#scripts/account/deployment'
import { Stop } from '#scripts/shared/progress'
import { effectiveFaults, effectiveSettings } from '#scripts/settings/effective'
import {
  LOCAL,
  jurisdictionOf,
  wantedOfSite,
  wantedOfStaffHost,
  ratelimitsOf,
  type OwnSettings,
  type Settings,
} from '#scripts/settings/wanted'

/** The settings that are the same for every deployment, from wrangler.toml. */
const SHARED = [
  ...['compatibility_date', 'minify', 'observability', 'triggers'],
  ...['workers_dev', 'preview_urls', 'send_metrics'],
]

/** The paths of the files that wrangler deploys. */
export interface Configurations {
  /** the site's worker */
  site: string
  /** the staff host's worker */
  staffHost: string
}

/** Returns the settings of a deployment. Every host of the site becomes a custom domain. */
export function ownSettings(deployment: Deployment): OwnSettings {
  const { site, apiHosts, staffHost, worker, accountId, database, databaseId, bucket } = deployment
  const { alerts, databaseMb, floodMode, jurisdiction, plan, turnstileSiteKey } = deployment
  if (databaseId === undefined)
    throw new Stop('deployment.json has no databaseId yet: npm run deploy makes the database.')
  const hosts = [site, ...apiHosts].map((address) => new URL(address).host)
  const given = {
    FLOOD_MODE: floodMode,
    ALERT_LANG: alerts?.language,
    ALERT_EVERY_MINUTES: alerts?.everyMinutes?.toString(),
    ALERT_DANGER_MINUTES: alerts?.dangerMinutes?.toString(),
    ALERT_REPEATS: alerts?.repeats?.toString(),
    ALERT_DIGEST_HOURS: alerts?.digestHours?.join(' '),
    DATABASE_MB: databaseMb?.toString(),
    PLAN: plan,
    TURNSTILE_SITE_KEY: turnstileSiteKey,
  }
  const set = Object.entries(given).filter((entry): entry is [string, string] => !!entry[1])
  return {
    name: worker,
    ...(accountId !== undefined && { account_id: accountId }),
    routes: [...new Set(hosts)].map((pattern) => ({
      pattern,
      custom_domain: true,
    })),
    database_name: database,
    database_id: databaseId,
    bucket_name: bucket,
    ...(jurisdiction !== undefined && { jurisdiction }),
    vars: { ...LOCAL.vars, STAFF_HOST: staffHost, ...Object.fromEntries(set) },
  }
}

/**
 * Writes a configuration for each worker into its own folder, and checks both configurations as
 * wrangler reads them.
 *
 * @param root  the clone's folder
 * @param dist  the folder of the build
 * @throws Stop with one sentence per setting that must not be deployed
 */
export function writeConfigurations(
  root: string,
  deployment: Deployment,
  folder: string,
  dist = join(root, 'dist'),
): Configurations {
  const own = ownSettings(deployment)
  const shared = effectiveSettings(join(root, 'wrangler.toml'))
  const site = {
    ...Object.fromEntries(SHARED.map((name) => [name, shared[name]])),
    name: own.name,
    ...(own.account_id !== undefined && { account_id: own.account_id }),
    main: join(root, 'worker', 'index.ts'),
    routes: own.routes,
    assets: { ...shared.assets, directory: dist },
    d1_databases: shared.d1_databases.map((database) => ({
      ...database,
      database_name: own.database_name,
      database_id: own.database_id,
      migrations_dir: join(root, 'migrations'),
    })),
    ratelimits: ratelimitsOf(own.name),
    r2_buckets: shared.r2_buckets.map((bucket) => ({
      ...bucket,
      ...{ bucket_name: own.bucket_name, ...jurisdictionOf(own) },
    })),
    vars: own.vars,
  }
  const wanted = wantedOfStaffHost(root, { ...own, staffHost: deployment.staffHost })
  const staffHost = { ...wanted, compatibility_date: shared['compatibility_date'] }
  mkdirSync(folder, { recursive: true })
  return {
    site: writeChecked(root, join(folder, 'wrangler.json'), site, wantedOfSite(root, own, dist)),
    staffHost: writeChecked(root, join(folder, 'staff-host.json'), staffHost, wanted),
  }
}

function writeChecked(root: string, path: string, settings: Settings, wanted: Settings): string {
  writeFileSync(path, `${JSON.stringify(settings, null, 2)}\n`)
  const faults = effectiveFaults(root, path, wanted)
  if (faults.length > 0) throw new Stop(faults.join('\n'))
  return path
}
