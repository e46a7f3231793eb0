// Lists the faults that block a deployment, such as test keys, open questions and wrong settings.
// This file does not query Cloudflare.
import { existsSync } from 'node:fs'
import { launchRefusals } from '#scripts/content/launch'
import { readDeployment } from '#scripts/account/deployment'
import { publishingFileOf } from '#scripts/manifest'
import { readSignedKeys } from '#scripts/org/files/newest-keys'
import { isLedgerBegun } from '#scripts/org/files/public-file'
import { Stop } from '#scripts/shared/progress'
import { settingFaults } from '#scripts/settings/faults'

/**
 * Finds the faults that block a deployment, without querying Cloudflare.
 *
 * @param folder     the clone's folder
 * @param org        the path of public.json, with deployment.json beside it
 * @param isStaging  true for a second deployment, to which nobody sends reports
 * @returns one sentence for each refusal
 */
export async function refusalsOf(
  folder: string,
  org: string,
  isStaging = false,
): Promise<string[]> {
  const deployment = await sentencesOf(() => readDeployment(org))
  const plan = deployment.length > 0 ? null : (readDeployment(org).plan ?? 'free')
  return [
    ...settingFaults(folder),
    ...(await sentencesOf(() => refuseOrganisation(org, isStaging))),
    ...(existsSync(org) ? await sentencesOf(() => publishingFileOf(org)) : []),
    ...deployment,
    ...(isStaging ? [] : launchRefusals(folder, plan)),
  ]
}

async function refuseOrganisation(org: string, isStaging: boolean): Promise<void> {
  if (!existsSync(org)) {
    throw new Stop(
      `There is no organisation (${org}): run npm run org, or set OASIS_ORG to its public.json.`,
    )
  }
  // Expired keys are not yet a reason to refuse, because the database may contain newer keys.
  const { throwAway } = await readSignedKeys(org)
  if (isStaging && !throwAway)
    throw new Stop(`${org} is of a real organisation: staging never takes real keys.`)
  if (!isStaging && throwAway)
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
