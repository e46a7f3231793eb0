// Creates the database and the bucket of the first deployment, and writes the id of the database
// into deployment.json. An existing store with the same name is never used.
import * as z from 'zod/mini'
import type { Wrangler } from '#scripts/account/ask-database'
import { readDeployment, writeDeployment } from '#scripts/account/deployment'
import { readDeploys, writeDeploys } from '#scripts/deploy/deploys-file'
import { meaningIn, outputOf, unchanged } from '#scripts/deploy/failure'
import type { Asking } from '#scripts/deploy/taken-hosts'
import { bucketOf, placeFlags } from '#scripts/deploy/taken-names'
import { step, Stop } from '#scripts/shared/progress'

const Database = z.object({ uuid: z.string(), name: z.string() })
/** Objects under `answers/` are deleted after a year: see first-deployment.md. */
const RULE = ['answers', 'answers/', '--expire-days', '365', '--force']

/**
 * Creates the stores that deployment.json names, unless that file already contains a database id.
 *
 * @param wrangler  runs wrangler without a configuration
 * @returns the deployment with the id of its database
 * @throws Stop when the account already had a store with one of these names
 */
export async function makeStores(
  asking: Asking,
  wrangler: Wrangler,
  org: string,
): Promise<Asking['deployment']> {
  const { databaseId } = asking.deployment
  if (databaseId !== undefined) return asking.deployment
  const known = await unchanged(() => requireOurs(asking, org))
  try {
    await makeMissing(asking, wrangler, known)
    const made = await databaseNamed(asking)
    if (made === undefined) throw new Stop('Cloudflare does not show the database that it made.')
    writeDeployment(org, { databaseId: made })
    writeDeploys(org, { deploys: readDeploys(org).deploys })
    console.log(`deployment.json has the id of the database now: ${made}.`)
  } catch (reason) {
    if (!(reason instanceof Stop)) throw reason
    throw new Stop(
      [
        ...[reason.message, '', meaningIn(outputOf(reason))],
        'What is live: what was live before; no worker was deployed.',
        'What has changed: the account may have a new, empty database or bucket.',
        'What to do: mend the cause above and run the command again. It takes what it has made.',
      ].join('\n'),
    )
  }
  return readDeployment(org)
}

interface Known {
  /** the id of the database, from an interrupted run */
  database: string | undefined
  hasBucket: boolean
}

async function makeMissing({ deployment }: Asking, wrangler: Wrangler, known: Known) {
  const { database, bucket, jurisdiction } = deployment
  const place = placeFlags(jurisdiction)
  if (known.database === undefined)
    await step(`Making the database ${database}`, () =>
      wrangler('make-database', ['d1', 'create', database, ...place]),
    )
  if (!known.hasBucket)
    await step(`Making the bucket ${bucket}`, () =>
      wrangler('make-bucket', ['r2', 'bucket', 'create', bucket, ...place]),
    )
  await step('Setting the days of files', () =>
    wrangler('bucket-days', ['r2', 'bucket', 'lifecycle', 'add', bucket, ...RULE, ...place]),
  )
}

/**
 * Notes the names before the stores are created, so that a later run recognises the stores of an
 * interrupted run.
 */
async function requireOurs(asking: Asking, org: string): Promise<Known> {
  const { ask, account, deployment } = asking
  const { database, bucket } = deployment
  const found = await databaseNamed(asking)
  const hasBucket = (await bucketOf(ask, account, deployment)) !== null
  const { making, deploys } = readDeploys(org)
  const isOurs = making?.database === database && making.bucket === bucket
  if (!isOurs && found !== undefined)
    throw new Stop(
      `The account has a database ${database}, and this command has not made it. Write another ` +
        '"database" into deployment.json, or its id as "databaseId" if it is yours.',
    )
  if (!isOurs && hasBucket)
    throw new Stop(
      `The account has a bucket ${bucket}, and this command has not made it. Write another ` +
        '"bucket" into deployment.json.',
    )
  writeDeploys(org, { deploys, making: { database, bucket } })
  return { database: found, hasBucket }
}

async function databaseNamed({ ask, account, deployment }: Asking): Promise<string | undefined> {
  const { database } = deployment
  const found = await ask({
    path: `/accounts/${account}/d1/database?name=${database}`,
    result: z.array(Database),
    right: 'the databases (D1, edit)',
  })
  return found?.find(({ name }) => name === database)?.uuid
}
