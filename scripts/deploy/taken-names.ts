// Finds what a deployment would take from others in the same Cloudflare account: hosts, workers,
// the database and the bucket. Wrangler without a terminal replaces hosts and workers without a
// question, and makes a bucket out of a typo.
import * as z from 'zod/mini'
import type { AskCloudflare } from '#scripts/account/cloudflare'
import type { Deployment } from '#scripts/account/deployment'
import { takenHosts, type Asking, type Taken } from '#scripts/deploy/taken-hosts'
import { staffWorkerOf } from '#scripts/settings/wanted'
import { Stop } from '#scripts/shared/progress'

const Named = z.object({ id: z.string(), name: z.string() })
const Binding = z.looseObject({ type: z.string(), name: z.string() })
const Settings = z.object({ bindings: z.array(Binding) })
type Bindings = z.infer<typeof Settings>['bindings']

/**
 * Asks before a deployment changes anything.
 *
 * @returns the sentences to print about names in `replaces` that nothing has
 * @throws Stop with one sentence for each name that others have, and for each store that is not
 *   there
 */
export async function requireOwnNames(
  ask: AskCloudflare,
  deployment: Deployment,
): Promise<string[]> {
  const asking = { ask, account: await accountOf(ask, deployment), deployment }
  const workers = await workersOf(asking)
  const taken = [...takenWorkers(deployment, workers), ...(await takenHosts(asking))]
  const refusals = [
    ...taken
      .filter(({ name }) => !deployment.replaces.includes(name))
      .map(
        ({ name, by }) =>
          `${name} is in use: ${by}. A deployment would replace it. If that is right, write ` +
          `"replaces": ["${name}"] into deployment.json.`,
      ),
    ...sharedStores(deployment, workers),
    ...(await missingStores(asking)),
  ]
  if (refusals.length > 0) throw new Stop([...refusals, 'Nothing was changed.'].join('\n'))
  return deployment.replaces
    .filter((name) => !taken.some((each) => each.name === name))
    .map((name) => `Nothing else has ${name}: take it out of "replaces" in deployment.json.`)
}

export async function accountOf(ask: AskCloudflare, { accountId }: Deployment): Promise<string> {
  const given = accountId ?? process.env['CLOUDFLARE_ACCOUNT_ID']
  if (given !== undefined) return given
  const right = 'its accounts (Account Settings, read)'
  const found = await ask({ path: '/accounts', result: z.array(Named), right })
  const [only, ...others] = found ?? []
  if (only && others.length === 0) return only.id
  throw new Stop('This login reaches several accounts: write accountId into deployment.json.')
}

/** Returns the bindings of every worker of the account, keyed by its name. */
async function workersOf({ ask, account }: Asking): Promise<Map<string, Bindings>> {
  const right = 'the workers (Workers Scripts, edit)'
  const path = `/accounts/${account}/workers/scripts`
  const scripts = await ask({ path, result: z.array(z.object({ id: z.string() })), right })
  const found = new Map<string, Bindings>()
  for (const { id } of scripts ?? []) {
    const settings = await ask({ path: `${path}/${id}/settings`, result: Settings, right })
    if (settings) found.set(id, settings.bindings)
  }
  return found
}

const bound = (bindings: Bindings, name: string, field: string): unknown =>
  bindings.find((binding) => binding.name === name)?.[field]

/** Finds workers of our names that serve somebody else. */
function takenWorkers(
  { worker, staffHost }: Deployment,
  workers: ReadonlyMap<string, Bindings>,
): Taken[] {
  const site = workers.get(worker)
  const staff = workers.get(staffWorkerOf(worker))
  const host = site && bound(site, 'STAFF_HOST', 'text')
  return [
    ...(site && host !== staffHost
      ? [
          {
            name: worker,
            by: `a worker whose staff host is ${typeof host === 'string' ? host : 'not set'}`,
          },
        ]
      : []),
    ...(staff && bound(staff, 'SITE', 'service') !== worker
      ? [{ name: staffWorkerOf(worker), by: 'a worker that does not belong to this site' }]
      : []),
  ]
}

/** Refuses a database or a bucket that another worker uses. */
function sharedStores(
  { worker, databaseId, bucket }: Deployment,
  workers: ReadonlyMap<string, Bindings>,
): string[] {
  const uses = (of: Bindings, value: string): boolean =>
    of.some(({ type, id, database_id, bucket_name }) =>
      type === 'd1' ? [id, database_id].includes(value) : bucket_name === value,
    )
  return [...workers]
    .filter(([name]) => name !== worker)
    .flatMap(([name, bindings]) => [
      ...(uses(bindings, databaseId)
        ? [`The worker ${name} uses the database ${databaseId}: make another for this deployment.`]
        : []),
      ...(uses(bindings, bucket)
        ? [`The worker ${name} uses the bucket ${bucket}: make another for this deployment.`]
        : []),
    ])
}

async function missingStores({ ask, account, deployment }: Asking): Promise<string[]> {
  const { database, databaseId, bucket } = deployment
  const stored = await ask({
    path: `/accounts/${account}/d1/database/${databaseId}`,
    result: z.object({ name: z.string() }),
    right: 'the database (D1, edit)',
  })
  const files = await ask({
    path: `/accounts/${account}/r2/buckets/${bucket}`,
    result: z.object({ name: z.string() }),
    right: 'the bucket (Workers R2 Storage, edit)',
  })
  return [
    ...(stored === null
      ? [`There is no database ${databaseId} in this account: check databaseId.`]
      : stored.name !== database
        ? [`The database of databaseId is ${stored.name}, not ${database}: check both.`]
        : []),
    ...(files?.name !== bucket
      ? [
          `There is no bucket ${bucket} in this account: check its name, or make it ` +
            `(npx wrangler r2 bucket create ${bucket}).`,
        ]
      : []),
  ]
}
