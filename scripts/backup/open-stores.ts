// Opens the stores that a command names: those of a local server, or those of the deployment.
import { resolve } from 'node:path'
import { askCloudflare, wranglerToken } from '#scripts/account/cloudflare'
import { readDeployment } from '#scripts/account/deployment'
import { openAccountStores } from '#scripts/backup/account-stores'
import { openLocalStores } from '#scripts/backup/local-stores'
import type { OpenStores } from '#scripts/backup/stores'
import { accountOf } from '#scripts/deploy/taken-names'
import { deployedOrg, root } from '#scripts/shared/paths'
import { Stop } from '#scripts/shared/progress'

/** @param local  the folder of a local server's state; undefined for the deployment */
export async function openStores(local: string | undefined): Promise<OpenStores> {
  if (local !== undefined) return openLocalStores(resolve(root, local))
  const deployment = readDeployment(deployedOrg())
  const [accessKeyId, secretAccessKey] = [
    process.env['R2_ACCESS_KEY_ID'],
    process.env['R2_SECRET_ACCESS_KEY'],
  ]
  if (!accessKeyId || !secretAccessKey)
    throw new Stop(
      'Put the two parts of a key for R2 into R2_ACCESS_KEY_ID and R2_SECRET_ACCESS_KEY: ' +
        'docs/operations/backup.md says how to make one. Nothing was read.',
    )
  const { databaseId, bucket, jurisdiction } = deployment
  if (databaseId === undefined)
    throw new Stop(
      'deployment.json has no databaseId yet: npm run deploy makes the database. Nothing was read.',
    )
  const token = await wranglerToken()
  const accountId = await accountOf(askCloudflare(token), deployment)
  const stores = openAccountStores({
    ...{ accountId, databaseId, bucket, jurisdiction, token, accessKeyId, secretAccessKey },
  })
  return { stores, close: () => Promise.resolve() }
}
