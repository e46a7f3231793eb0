// `npm run deploy`: refuses a site that must not be deployed, builds for the real organisation and
// signs the build. Then the command migrates the database, loads the keys into an empty one, and
// deploys.
// `npm run deploy -- check` stops before the first call to Cloudflare.
import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { runBuild } from '#scripts/build'
import { launchRefusals } from '#scripts/content/launch'
import { writeConfiguration } from '#scripts/deploy/configuration'
import { databaseFault, loadKeys, storedEpochs, type Wrangler } from '#scripts/deploy/database'
import { readDeployment } from '#scripts/deploy/deployment'
import { publishBuild, publishingFileOf } from '#scripts/manifest'
import { isLedgerBegun } from '#scripts/org/public-file'
import { deployDir, deployedOrg, root } from '#scripts/shared/paths'
import { runTask, step, Stop } from '#scripts/shared/progress'
import { runQuietly } from '#scripts/shared/run-tool'
import { settingFaults } from '#scripts/verify/settings'
import { readOrganisation } from '#site/integrations/organisation.ts'

/**
 * Finds the faults that forbid a deployment, without asking Cloudflare.
 *
 * @param folder  the folder of the clone
 * @param org     the path of public.json, with deployment.json beside it
 * @returns one sentence for each refusal
 */
export async function refusalsOf(folder: string, org: string): Promise<string[]> {
  return [
    ...settingFaults(folder),
    ...(await sentencesOf(() => refuseOrganisation(org))),
    ...(existsSync(org) ? await sentencesOf(() => publishingFileOf(org)) : []),
    ...(await sentencesOf(() => readDeployment(org))),
    ...launchRefusals(folder),
  ]
}

async function refuseOrganisation(org: string): Promise<void> {
  if (!existsSync(org)) {
    throw new Stop(
      `There is no organisation (${org}): run npm run org, or set OASIS_ORG to its public.json.`,
    )
  }
  if ((await readOrganisation(Date.now(), org)).throwAway)
    throw new Stop(`${org} is of a throw-away organisation: make the real one with npm run org.`)
  if (!(await isLedgerBegun(org)))
    throw new Stop(`The root of ${org} has not begun its ledger: take the file that it came from.`)
}

async function sentencesOf(work: () => unknown): Promise<string[]> {
  try {
    await work()
    return []
  } catch (reason) {
    return [reason instanceof Error ? reason.message : String(reason)]
  }
}

export interface Deploying {
  folder: string
  org: string
  /** runs wrangler with the configuration that was written */
  wrangler: (config: string) => Wrangler
  build: () => Promise<void>
  /** the folder for the configuration */
  into: string
}

/**
 * Writes the configuration.
 *
 * @returns the path of the configuration
 * @throws Stop with all refusals of the deployment
 */
export async function prepareConfiguration({ folder, org, into }: Deploying): Promise<string> {
  const refusals = await refusalsOf(folder, org)
  if (refusals.length > 0) throw new Stop(refusals.join('\n'))
  return writeConfiguration(folder, readDeployment(org), into)
}

export async function deploySite(deploying: Deploying): Promise<void> {
  const { org, build } = deploying
  const wrangler = deploying.wrangler(await prepareConfiguration(deploying))
  const organisation = await readOrganisation(Date.now(), org)
  const stored = await step('Asking the database for its keys', () => storedEpochs(wrangler))
  const fault = await databaseFault(stored, organisation)
  if (fault !== null) throw new Stop(fault)
  await build()
  await step('Migrating the database', () =>
    wrangler('migrate', ['d1', 'migrations', 'apply', 'oasis', '--remote']),
  )
  const keys = join(dirname(org), 'publish.sql')
  if (stored.length === 0)
    await step('Loading the keys', () => loadKeys(wrangler, keys, organisation))
  await step('Deploying', () => wrangler('deploy', ['deploy']))
  if (existsSync(keys)) console.log(`The keys are loaded: delete ${keys}.`)
}

if (import.meta.main) {
  runTask(async () => {
    const org = deployedOrg()
    const deploying: Deploying = {
      folder: root,
      org,
      into: deployDir,
      build: async () => {
        const dist = join(root, 'dist')
        await runBuild({ dist, org })
        await publishBuild(dist, org)
      },
      // Without an empty environment, a line in .env could make wrangler deploy under another name.
      wrangler: (config) => (name, args) =>
        runQuietly(name, 'wrangler', [...args, '--config', config, '--env', '']),
    }
    if (process.argv[2] === 'check')
      console.log(`Nothing refuses a deployment; see ${await prepareConfiguration(deploying)}.`)
    else await deploySite(deploying)
    return 0
  })
}
