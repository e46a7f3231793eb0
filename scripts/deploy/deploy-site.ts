// Deploys a site, step by step. Refuses a site that must not be deployed, and names that are
// already taken. Updates public.json to the newest keys in the database, and builds and signs the
// site. Records the state of the account, and then runs only the steps whose results are missing.
// Then checks the hosts from outside. A second run continues where the first stopped.
import { existsSync } from 'node:fs'
import { writeConfigurations } from '#scripts/account/configuration'
import { readDeployment, type Deployment } from '#scripts/account/deployment'
import { leftOutOf } from '#scripts/content/editions'
import { followDatabase } from '#scripts/deploy/database'
import { readDeploys, WORKERS, type Deploy, type ForEach } from '#scripts/deploy/deploys-file'
import { commandOf, type Deploying } from '#scripts/deploy/deploying'
import { dueSteps, keysFile, type Account } from '#scripts/deploy/due-steps'
import { unchanged } from '#scripts/deploy/failure'
import { refusalsOf } from '#scripts/deploy/list-refusals'
import { bookmarkOf, boundTo, stateOfAccount } from '#scripts/deploy/live-state'
import { makeStores } from '#scripts/deploy/make-stores'
import { reportLook } from '#scripts/deploy/report-look'
import { runSteps, type Begun, type DueStep } from '#scripts/deploy/run-steps'
import type { Asking } from '#scripts/deploy/taken-hosts'
import { accountOf, requireOwnNames } from '#scripts/deploy/taken-names'
import { workerHashes } from '#scripts/deploy/worker-hashes'
import { endedKeys, readSignedKeys } from '#scripts/org/files/newest-keys'
import { migrationFiles } from '#scripts/shared/migration-files'
import { step, Stop } from '#scripts/shared/progress'

/** The secrets without which a worker cannot call anybody. */
const CALLS = ['ALERT_FIRST', 'ALERT_SECOND', 'PUSH_SECRET']
const NOBODY =
  'The worker calls nobody when somebody is in danger: put its secrets in, ' +
  'see docs/operations/alerts.md.'

/** @throws Stop that lists every reason to refuse the deployment */
export async function readAllowed({ folder, org, isStaging }: Deploying): Promise<Deployment> {
  const refusals = await refusalsOf(folder, org, isStaging)
  if (refusals.length > 0) throw new Stop(refusals.join('\n'))
  return readDeployment(org)
}

export async function deploySite(deploying: Deploying): Promise<void> {
  const { org } = deploying
  const named = await unchanged(() => askAccount(deploying))
  const deployment = await makeStores(named, deploying.wrangler(null), org)
  const { begun, due, note } = await unchanged(() =>
    prepareChange(deploying, { ...named, deployment }),
  )
  if (note !== null) console.log(note)
  if (begun !== null) {
    const deploy = await runSteps(begun, due)
    console.log(`Noted in deploys.json as the deploy of ${deploy.began}.`)
    if (!deploying.isStaging && (await callsNobody(begun.asking, deploy))) console.log(NOBODY)
  }
  const keys = keysFile(org)
  if (existsSync(keys) && !deploying.isStaging) console.log(`The keys are loaded: delete ${keys}.`)
  if (begun === null) return
  const isFirst = begun.deploy.before.versions.site === null
  const older = isFirst ? null : commandOf(deploying, 'back')
  await reportLook(deploying, deployment, { build: deploying.dist, older })
}

/**
 * Returns true when the live worker has no address and no secret for an alert. The deploy has ended
 * by then, so an account that does not answer must not make it fail.
 */
async function callsNobody(asking: Asking, { after }: Deploy): Promise<boolean> {
  const site = after?.versions.site ?? null
  const bound = site === null ? null : await boundTo(asking, site).catch(() => null)
  return bound !== null && !CALLS.some((name) => bound.secrets.includes(name))
}

async function askAccount(deploying: Deploying): Promise<Asking> {
  const deployment = await readAllowed(deploying)
  // A file that cannot be read must stop the run before anything changes.
  readDeploys(deploying.org)
  const ask = await deploying.cloudflare()
  const asking = { ask, account: await accountOf(ask, deployment), deployment }
  const unused = await step('Asking Cloudflare whose names these are', () =>
    requireOwnNames(asking),
  )
  for (const sentence of unused) console.log(sentence)
  return asking
}

/**
 * A change that can begin or continue, or the sentence that explains why nothing needs to change.
 */
interface Prepared {
  begun: Begun | null
  due: DueStep[]
  note: string | null
}

/** Builds the site and compares it with the account, without changing the account. */
async function prepareChange(deploying: Deploying, asking: Asking): Promise<Prepared> {
  const { folder, org, build } = deploying
  const { into, dist } = deploying
  const configurations = writeConfigurations(folder, asking.deployment, into, dist)
  const wrangler = deploying.wrangler(configurations.site)
  const { isEmpty, newKeys } = await step('Asking the database for its keys', () =>
    followDatabase(wrangler, org, Date.now()),
  )
  if (newKeys !== null) console.log(`${newKeys} Send the file to everybody who watches.`)
  const ended = endedKeys(await readSignedKeys(org), Date.now())
  if (ended !== null) throw new Stop(ended)
  const leftOut = leftOutOf(folder)
  for (const { why } of leftOut) console.log(why)
  const siteManifest = await build(leftOut.map(({ lang }) => lang))
  return compare({ deploying, asking, configurations, wrangler, isEmpty, siteManifest })
}

async function compare(account: Account): Promise<Prepared> {
  const { deploying, asking, wrangler, siteManifest } = account
  const { folder, org, bundle } = deploying
  const made = await workerHashes(folder, account.configurations, siteManifest, bundle)
  const before = await stateOfAccount(asking, wrangler)
  const { worker } = asking.deployment
  const deploys = readDeploys(org).deploys.filter((deploy) => deploy.worker === worker)
  const due = dueSteps(account, made, { before, deploys })
  const newest = deploys.at(-1)
  const broken = newest?.ended === null && sameWorkers(newest, made) ? newest : undefined
  const last = deploys.findLast(({ ended }) => ended !== null)
  if (due.length === 0 && broken === undefined && last) {
    const note = `Nothing has changed since the deploy of ${last.began}. Nothing was deployed.`
    return { begun: null, due, note }
  }
  const deploy: Deploy = broken ?? {
    ...{ began: new Date().toISOString(), ended: null, worker, siteManifest, made, before },
    bookmark: await bookmarkOf(asking),
    ...{ steps: [], after: null },
  }
  const migrations = [...new Set([...before.migrations, ...migrationFiles(folder)])]
  const begun = { org, asking, wrangler, deploy, migrations, again: commandOf(deploying) }
  const note = broken
    ? `The deploy of ${broken.began} stopped in the middle. This run goes on with it.`
    : null
  return { begun, due, note }
}

const sameWorkers = (deploy: Deploy, made: ForEach<string>): boolean =>
  deploy.backTo === undefined && WORKERS.every((worker) => deploy.made[worker] === made[worker])
