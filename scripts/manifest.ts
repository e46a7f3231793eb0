// `npm run manifest [folder]`: writes the manifests of a build and signs them with the publishing
// key. Any holder of the root key can then check the published site. `npm run deploy` signs its own
// build.
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fromB64 } from '#protocol/bytes'
import { hasDeployment, readDeployment } from '#scripts/account/deployment'
import { readSiteManifest, signedSiteIn } from '#scripts/manifest/read-site-manifest'
import { signBuild } from '#scripts/manifest/sign-build'
import { openPublishingFile, PUBLISHING_FILE } from '#scripts/org/files/publishing-key'
import { askPassphrase, withTerminal } from '#scripts/org/terminal'
import { deployedOrg, root } from '#scripts/shared/paths'
import { runTask, Stop } from '#scripts/shared/progress'
import { siteOrigin } from '#site/integrations/hosts.ts'
import { readOrganisation } from '#site/integrations/organisation.ts'

/** Returns the text of the publishing key beside a public.json. @throws Stop when it is missing */
export function publishingFileOf(org: string): string {
  const path = join(dirname(org), PUBLISHING_FILE)
  if (existsSync(path)) return readFileSync(path, 'utf8')
  throw new Stop(`There is no ${path}: make one with npm run org -- publishing.`)
}

/**
 * Asks for the passphrase of the publishing key, and signs a build.
 *
 * @param org  the path of public.json, with publishing.key beside it
 * @throws Stop when the root of `org` has not certified the publishing key
 */
export async function publishBuild(dist: string, org: string): Promise<void> {
  const text = publishingFileOf(org)
  const passphrase = await withTerminal((terminal) => askPassphrase(terminal, PUBLISHING_FILE))
  const app = hasDeployment(org) ? readDeployment(org).site : siteOrigin
  await signBuild(dist, await openPublishingFile(passphrase, text), { app, nowMs: Date.now() })
  const organisation = await readOrganisation(Date.now(), org)
  const signed = signedSiteIn(dist)
  const { version } = await readSiteManifest(signed, fromB64(organisation.root), Date.now())
  console.log(`Signed as version ${version}: ${join(dist, '.well-known')}.`)
}

if (import.meta.main) {
  runTask(async () => {
    const [dist = process.env['OASIS_DIST'] ?? join(root, 'dist')] = process.argv.slice(2)
    await publishBuild(dist, deployedOrg())
    return 0
  })
}
