// Creates the tables of an empty database by running the migrations through wrangler.
import { resolve } from 'node:path'
import { DATABASE } from '#scripts/account/ask-database'
import { writeConfigurations } from '#scripts/account/configuration'
import { readDeployment } from '#scripts/account/deployment'
import { applyMigrations } from '#scripts/shared/database'
import { deployDir, deployedOrg, root } from '#scripts/shared/paths'
import { step } from '#scripts/shared/progress'
import { runQuietly } from '#scripts/shared/run-tool'

/** @param local  the folder of a local server's state; undefined for the deployment */
export async function prepareTables(local: string | undefined): Promise<void> {
  if (local !== undefined) return applyMigrations(resolve(root, local))
  const { site } = writeConfigurations(root, readDeployment(deployedOrg()), deployDir)
  const args = ['d1', 'migrations', 'apply', DATABASE, '--remote', '--config', site, '--env', '']
  await step('Making the tables', () => runQuietly('migrate', 'wrangler', args))
}
