// Finds what a deployment would take from others in the same Cloudflare account: hosts, workers,
// the database and the bucket. Without a terminal, wrangler replaces hosts and workers without
// asking, and a typo creates a bucket.
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
 * Checks all names before a deployment changes anything. Before the first deployment, without a
 * databaseId, the stores do not exist yet.
 *
 * @returns the sentences to print about names in `replaces` that nothing uses
 * @throws Stop with one sentence for each taken name and each missing store
 */
export async function requireOwnNames(asking: Asking): Promise<string[]> {
  const { deployment } = asking
  const workers = await workersOf(asking)
  const taken = [
    ...takenWorkers(deployment, workers),
    ...leftStores(deployment, workers),
    ...(await takenHosts(asking)),
  ]
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
  if (refusals.length > 0) throw new Stop(refusals.join('\n'))
  return deployment.replaces
    .filter((name) => !taken.some((each) => each.name === name))
    .map((name) => `Nothing else has ${name}: take it out of "replaces" in deployment.json.`)
}

/** Returns the id of the account. @throws Stop when the login has access to several accounts */
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

/** Finds workers that have our names but serve somebody else. */
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

/**
 * Finds stores of the live worker that deployment.json no longer names, for example after a typo.
 */
function leftStores(
  { worker, databaseId, bucket }: Deployment,
  workers: ReadonlyMap<string, Bindings>,
): Taken[] {
  const site = workers.get(worker)
  const by = 'the live worker stores reports there, and deployment.json names another'
  return [site && bound(site, 'DB', 'id'), site && bound(site, 'FILES', 'bucket_name')]
    .filter((store) => typeof store === 'string')
    .filter((store) => ![databaseId, bucket].includes(store))
    .map((name) => ({ name, by }))
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
      ...(databaseId !== undefined && uses(bindings, databaseId)
        ? [`The worker ${name} uses the database ${databaseId}: make another for this deployment.`]
        : []),
      ...(uses(bindings, bucket)
        ? [`The worker ${name} uses the bucket ${bucket}: make another for this deployment.`]
        : []),
    ])
}

async function missingStores({ ask, account, deployment }: Asking): Promise<string[]> {
  const { database, databaseId, bucket, jurisdiction } = deployment
  if (databaseId === undefined) return []
  const stored = await ask({
    path: `/accounts/${account}/d1/database/${databaseId}`,
    result: z.object({ name: z.string(), jurisdiction: z.nullish(z.string()) }),
    right: 'the database (D1, edit)',
  })
  const files = await bucketOf(ask, account, deployment)
  const make = ['npx wrangler r2 bucket create', bucket, ...placeFlags(jurisdiction)].join(' ')
  return [
    ...(stored === null
      ? [`There is no database ${databaseId} in this account: check databaseId.`]
      : stored.name !== database
        ? [`The database of databaseId is ${stored.name}, not ${database}: check both.`]
        : (stored.jurisdiction ?? undefined) !== jurisdiction
          ? [`The database ${database} is ${inPlace(stored.jurisdiction)}: check "jurisdiction".`]
          : []),
    ...(files?.name !== bucket
      ? [
          `There is no bucket ${bucket} in this account ${inPlace(jurisdiction)}: check it, ` +
            `or make it (${make}).`,
        ]
      : []),
  ]
}

const inPlace = (jurisdiction: string | null | undefined): string =>
  jurisdiction ? `in the jurisdiction ${jurisdiction}` : 'in no jurisdiction'

/** Returns the flags for the wrangler command that creates a store. */
export const placeFlags = (jurisdiction: Deployment['jurisdiction']): string[] =>
  jurisdiction === undefined ? [] : ['--jurisdiction', jurisdiction]

/** Asks for the bucket. Each jurisdiction has its own buckets. @returns null without a bucket */
export const bucketOf = (
  ask: AskCloudflare,
  account: string,
  { bucket, jurisdiction }: Pick<Deployment, 'bucket' | 'jurisdiction'>,
): Promise<{ name: string } | null> =>
  ask({
    path: `/accounts/${account}/r2/buckets/${bucket}`,
    result: z.object({ name: z.string() }),
    right: 'the bucket (Workers R2 Storage, edit)',
    ...(jurisdiction !== undefined && { headers: { 'cf-r2-jurisdiction': jurisdiction } }),
  })
