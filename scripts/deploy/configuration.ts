// Writes the settings that wrangler deploys: the common settings of wrangler.toml, and the settings
// of deployment.json. Wrangler then reads only the written file.
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Deployment } from '#scripts/deploy/deployment'
import { Stop } from '#scripts/shared/progress'
import {
  effectiveFaults,
  effectiveSettings,
  LOCAL,
  type OwnSettings,
} from '#scripts/verify/effective-settings'

/** The settings that are the same for everybody, as wrangler.toml has them. */
const SHARED = [
  ...['name', 'compatibility_date', 'minify', 'observability', 'triggers', 'ratelimits'],
  ...['workers_dev', 'preview_urls', 'send_metrics'],
]

/** Returns the settings of a deployment. Every host of deployment.json becomes a custom domain. */
export function ownSettings(deployment: Deployment): OwnSettings {
  const { site, apiHosts, staffHost, accountId, databaseId, bucket } = deployment
  const { alerts, databaseMb, floodMode, plan, turnstileSiteKey } = deployment
  const hosts = [site, ...apiHosts].map((address) => new URL(address).host)
  const given = {
    FLOOD_MODE: floodMode,
    ALERT_LANG: alerts?.language,
    ALERT_EVERY_MINUTES: alerts?.everyMinutes?.toString(),
    ALERT_REPEATS: alerts?.repeats?.toString(),
    ALERT_DIGEST_HOURS: alerts?.digestHours?.join(' '),
    DATABASE_MB: databaseMb?.toString(),
    PLAN: plan,
    TURNSTILE_SITE_KEY: turnstileSiteKey,
  }
  const set = Object.entries(given).filter((entry): entry is [string, string] => !!entry[1])
  return {
    ...(accountId !== undefined && { account_id: accountId }),
    routes: [...new Set([...hosts, staffHost])].map((pattern) => ({
      pattern,
      custom_domain: true,
    })),
    database_id: databaseId,
    bucket_name: bucket,
    vars: { ...LOCAL.vars, STAFF_HOST: staffHost, ...Object.fromEntries(set) },
  }
}

/**
 * Writes wrangler.json into a folder of its own, and checks it as wrangler reads it.
 *
 * @param root  the folder of the clone
 * @returns the path of the file
 * @throws Stop with one sentence for each setting that must not be deployed
 */
export function writeConfiguration(root: string, deployment: Deployment, folder: string): string {
  const own = ownSettings(deployment)
  const shared = effectiveSettings(join(root, 'wrangler.toml'))
  const configuration = {
    ...Object.fromEntries(SHARED.map((name) => [name, shared[name]])),
    ...(own.account_id !== undefined && { account_id: own.account_id }),
    main: join(root, 'worker', 'index.ts'),
    routes: own.routes,
    assets: { ...shared.assets, directory: join(root, 'dist') },
    d1_databases: shared.d1_databases.map((database) => ({
      ...database,
      database_id: own.database_id,
      migrations_dir: join(root, 'migrations'),
    })),
    r2_buckets: shared.r2_buckets.map((bucket) => ({ ...bucket, bucket_name: own.bucket_name })),
    vars: own.vars,
  }
  const path = join(folder, 'wrangler.json')
  mkdirSync(folder, { recursive: true })
  writeFileSync(path, `${JSON.stringify(configuration, null, 2)}\n`)
  const faults = effectiveFaults(root, path, own)
  if (faults.length > 0) throw new Stop(faults.join('\n'))
  return path
}
