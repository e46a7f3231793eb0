// `npm run deploy`: refuses a site that must not be deployed, and names that others have. Brings
// public.json up to the newest keys of the database, builds for the real organisation and signs the
// build. Then migrates the database and loads the keys into an empty one. Finally deploys the
// site's worker, then the staff host's worker. `npm run deploy -- check` stops before the first
// call to Cloudflare.
import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { runBuild } from '#scripts/build'
import { writeConfigurations, type Configurations } from '#scripts/account/configuration'
import { followDatabase, loadKeys } from '#scripts/deploy/database'
import { leftOutOf } from '#scripts/content/editions'
import { DATABASE, type Wrangler } from '#scripts/account/ask-database'
import { askCloudflare, wranglerToken, type AskCloudflare } from '#scripts/account/cloudflare'
import { readDeployment } from '#scripts/account/deployment'
import { refusalsOf } from '#scripts/deploy/list-refusals'
import { requireOwnNames } from '#scripts/deploy/taken-names'
import { publishBuild } from '#scripts/manifest'
import { endedKeys, readSignedKeys } from '#scripts/org/files/newest-keys'
import { deployDir, deployedOrg, root } from '#scripts/shared/paths'
import { runTask, step, Stop } from '#scripts/shared/progress'
import { runQuietly } from '#scripts/shared/run-tool'

export interface Deploying {
  folder: string
  org: string
  /** runs wrangler with the configuration that was written */
  wrangler: (config: string) => Wrangler
  /** signs in to Cloudflare's API */
  cloudflare: () => Promise<AskCloudflare>
  /** Builds the site without the editions that are not ready. */
  build: (leftOut: readonly string[]) => Promise<void>
  /** the folder for the configurations */
  into: string
}

/**
 * With these flags wrangler makes no bucket out of a typo. Settings that somebody changed in the
 * dashboard stop wrangler.
 */
const DEPLOY = ['deploy', '--no-x-provision', '--strict']

/** Writes the configurations. @throws Stop with all refusals of the deployment */
export async function prepareConfigurations({
  folder,
  org,
  into,
}: Deploying): Promise<Configurations> {
  const refusals = await refusalsOf(folder, org)
  if (refusals.length > 0) throw new Stop(refusals.join('\n'))
  return writeConfigurations(folder, readDeployment(org), into)
}

export async function deploySite(deploying: Deploying): Promise<void> {
  const { folder, org, build } = deploying
  const { site, staffHost } = await prepareConfigurations(deploying)
  const unused = await step('Asking Cloudflare whose names these are', async () =>
    requireOwnNames(await deploying.cloudflare(), readDeployment(org)),
  )
  for (const sentence of unused) console.log(sentence)
  const wrangler = deploying.wrangler(site)
  const { isEmpty, newKeys } = await step('Asking the database for its keys', () =>
    followDatabase(wrangler, org, Date.now()),
  )
  if (newKeys !== null) console.log(`${newKeys} Send the file to everybody who watches.`)
  const ended = endedKeys(await readSignedKeys(org), Date.now())
  if (ended !== null) throw new Stop(ended)
  const leftOut = leftOutOf(folder)
  for (const { why } of leftOut) console.log(why)
  await build(leftOut.map(({ lang }) => lang))
  await step('Migrating the database', () =>
    wrangler('migrate', ['d1', 'migrations', 'apply', DATABASE, '--remote']),
  )
  const keys = join(dirname(org), 'publish.sql')
  if (isEmpty) await step('Loading the keys', () => loadKeys(wrangler, keys, org, Date.now()))
  await step('Deploying the site', () => wrangler('deploy', DEPLOY))
  // The staff host's worker forwards to the site's worker, which must exist first.
  await step('Deploying the staff host', () =>
    deploying.wrangler(staffHost)('deploy-staff-host', DEPLOY),
  )
  if (existsSync(keys)) console.log(`The keys are loaded: delete ${keys}.`)
}

if (import.meta.main) {
  runTask(async () => {
    const org = deployedOrg()
    const deploying: Deploying = {
      folder: root,
      org,
      into: deployDir,
      build: async (leftOut) => {
        const dist = join(root, 'dist')
        await runBuild({ dist, org, leftOut })
        await publishBuild(dist, org)
      },
      cloudflare: async () => askCloudflare(await wranglerToken()),
      // Without an empty environment, a line in .env could make wrangler deploy under another name.
      wrangler: (config) => (name, args) =>
        runQuietly(name, 'wrangler', [...args, '--config', config, '--env', '']),
    }
    if (process.argv[2] === 'check') {
      const { site } = await prepareConfigurations(deploying)
      for (const { why } of leftOutOf(root)) console.log(why)
      const ended = endedKeys(await readSignedKeys(org), Date.now())
      if (ended !== null) console.log(`${ended} A deployment takes them from the database.`)
      console.log(`Nothing refuses a deployment; see ${site}.`)
    } else await deploySite(deploying)
    return 0
  })
}
