// Derives the second deployment's names from the first, and makes a throw-away organisation for it.
// Nothing from the first deployment is used: no worker, store, host, key or secret.
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import {
  readDeployment,
  writeDeployment,
  type Deployment,
  type WrittenDeployment,
} from '#scripts/account/deployment'
import { makeLocalOrganisation, THROW_AWAY } from '#scripts/org/local'
import { step } from '#scripts/shared/progress'

const SUFFIX = 'staging'

/**
 * Returns the path of staging's public.json.
 *
 * @param org  the path of the real organisation's public.json
 */
const stagingOrg = (org: string): string => join(dirname(org), SUFFIX, 'public.json')

/**
 * Returns the fields of staging's deployment.json. Alerts on staging have no addresses, because the
 * addresses are secrets of the first worker.
 */
export function stagingOf(deployment: Deployment): WrittenDeployment {
  const { site, staffHost, worker, database, bucket } = deployment
  const { accountId, jurisdiction, databaseMb, plan, floodMode, alerts } = deployment
  const kept = { accountId, jurisdiction, databaseMb, plan, floodMode, alerts }
  return {
    site: `https://${SUFFIX}.${new URL(site).host}`,
    // A subdomain of the staff host could request its passkeys, so staging's host is a sibling.
    staffHost: `${SUFFIX}-${staffHost}`,
    worker: `${worker}-${SUFFIX}`,
    database: `${database}-${SUFFIX}`,
    bucket: `${bucket}-${SUFFIX}`,
    // A field that was removed from the real file must also be removed from staging's file.
    ...kept,
  }
}

/**
 * Makes the folder of staging, with a throw-away organisation that is created only once.
 *
 * @param org  the path of the real public.json
 * @returns the path of staging's public.json
 */
export async function prepareStaging(org: string): Promise<string> {
  const staging = stagingOrg(org)
  const fields = stagingOf(readDeployment(org))
  if (!existsSync(staging))
    await step('Making a throw-away organisation', () => makeLocalOrganisation(dirname(staging)))
  writeDeployment(staging, fields)
  readDeployment(staging)
  return staging
}

/** Reads the passphrase of staging's publishing key, which is stored beside the key. */
export const stagingPassphrase = (staging: string): Promise<string> =>
  Promise.resolve(readFileSync(join(dirname(staging), THROW_AWAY), 'utf8').trim())
