// Lists the deployment steps whose results are still missing from the account.
import { dirname, join } from 'node:path'
import type { Configurations } from '#scripts/account/configuration'
import { DATABASE, type Wrangler } from '#scripts/account/ask-database'
import { loadKeys } from '#scripts/deploy/database'
import type { Deploy, ForEach, AccountState } from '#scripts/deploy/deploys-file'
import type { Deploying } from '#scripts/deploy/deploying'
import { appliedMigrations } from '#scripts/deploy/live-state'
import type { DueStep } from '#scripts/deploy/run-steps'
import type { Asking } from '#scripts/deploy/taken-hosts'
import { migrationFiles } from '#scripts/shared/migration-files'
import { Stop } from '#scripts/shared/progress'

/**
 * These flags prevent wrangler from creating a bucket because of a typo. With these flags, wrangler
 * also stops if somebody has changed settings in the dashboard.
 */
const DEPLOY = ['deploy', '--no-x-provision', '--strict']

/** Returns the file with the keys of a new organisation. */
export const keysFile = (org: string): string => join(dirname(org), 'publish.sql')

/** A deployment, and its target account. */
export interface Account {
  deploying: Deploying
  asking: Asking
  configurations: Configurations
  wrangler: Wrangler
  /** true when the database contains no keys */
  isEmpty: boolean
  siteManifest: string
}

/** Lists the steps whose results are still missing from the account. */
export function dueSteps(
  { deploying, configurations, wrangler, isEmpty, siteManifest }: Account,
  made: ForEach<string>,
  { before, deploys }: { before: AccountState; deploys: readonly Deploy[] },
): DueStep[] {
  const { folder, org } = deploying
  const isLive = (worker: keyof ForEach<string>): boolean => {
    const newest = deploys.findLast(({ steps }) => steps.some(({ name }) => name === worker))
    const version = newest?.steps.findLast(({ name }) => name === worker)?.version
    return newest?.made[worker] === made[worker] && version === before.versions[worker]
  }
  const tagged = [...DEPLOY, '--tag', siteManifest.slice(0, 12)]
  const keys = keysFile(org)
  const steps: (DueStep & { isDue: boolean })[] = [
    {
      name: 'migrate',
      title: 'Migrating the database',
      isDue: migrationFiles(folder).some((name) => !before.migrations.includes(name)),
      run: () => applyMigrations(wrangler, folder),
    },
    {
      ...{ name: 'keys', title: 'Loading the keys', isDue: isEmpty },
      run: () => loadKeys(wrangler, keys, org, Date.now()),
    },
    {
      ...{ name: 'site', title: 'Deploying the site', isDue: !isLive('site') },
      run: () => wrangler('deploy', tagged),
    },
    // The staff host's worker forwards to the site's worker, which must exist first.
    {
      ...{ name: 'staffHost', title: 'Deploying the staff host', isDue: !isLive('staffHost') },
      run: () => deploying.wrangler(configurations.staffHost)('deploy-staff-host', tagged),
    },
  ]
  return steps.filter(({ isDue }) => isDue)
}

async function applyMigrations(wrangler: Wrangler, folder: string): Promise<void> {
  await wrangler('migrate', ['d1', 'migrations', 'apply', DATABASE, '--remote'])
  const has = await appliedMigrations(wrangler)
  const missing = migrationFiles(folder).find((name) => !has.includes(name))
  // Without any migration, no tables exist, and the next step fails.
  if (has.length > 0 && missing !== undefined)
    throw new Stop(`Wrangler ended, and the database lacks the migration ${missing}.`)
}
