// `npm run manifest [folder]`: writes the manifests of a build and signs them with the publishing
// key. Anybody with the root's public key can then check the published site. `npm run deploy` signs
// its own build.
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fromB64 } from '#protocol/bytes'
import { hasDeployment, readDeployment } from '#scripts/account/deployment'
import type { PublishingKey } from '#scripts/manifest/signature'
import { readSiteManifest, signedSiteIn } from '#scripts/manifest/read-site-manifest'
import { signBuild } from '#scripts/manifest/sign-build'
import { openPublishingFile, PUBLISHING_FILE } from '#scripts/org/files/publishing-key'
import { askPassphrase, withTerminal } from '#scripts/org/terminal'
import { deployedOrg, root } from '#scripts/shared/paths'
import { runTask, Stop } from '#scripts/shared/progress'
import { siteOrigin } from '#site/integrations/hosts.ts'
import { readOrganisation } from '#site/integrations/organisation.ts'

/**
 * Returns the text of the publishing.key file that lies beside a public.json.
 *
 * @throws Stop when publishing.key is missing
 */
export function publishingFileOf(org: string): string {
  const path = join(dirname(org), PUBLISHING_FILE)
  if (existsSync(path)) return readFileSync(path, 'utf8')
  throw new Stop(`There is no ${path}: make one with npm run org -- publishing.`)
}

/** Opens the publishing key beside a public.json. @param passphrase  asks a person for it */
export const openPublishingKey = async (
  org: string,
  passphrase: () => Promise<string>,
): Promise<PublishingKey> => {
  const text = publishingFileOf(org)
  return openPublishingFile(await passphrase(), text)
}

/**
 * Signs a build.
 *
 * @param org  the path of public.json
 * @throws Stop when the root of `org` has not certified the publishing key
 */
export async function signWith(dist: string, org: string, key: PublishingKey): Promise<void> {
  const app = hasDeployment(org) ? readDeployment(org).site : siteOrigin
  await signBuild(dist, key, { app, nowMs: Date.now() })
  const organisation = await readOrganisation(Date.now(), org)
  const signed = signedSiteIn(dist)
  const { version } = await readSiteManifest(signed, fromB64(organisation.root), Date.now())
  console.log(`Signed as version ${version}: ${join(dist, '.well-known')}.`)
}

if (import.meta.main) {
  runTask(async () => {
    const [dist = process.env['OASIS_DIST'] ?? join(root, 'dist')] = process.argv.slice(2)
    const org = deployedOrg()
    const ask = () => withTerminal((terminal) => askPassphrase(terminal, PUBLISHING_FILE))
    await signWith(dist, org, await openPublishingKey(org, ask))
    return 0
  })
}
