// Signs a copy of the built site, serves it with the worker behind TLS, and watches it.
import { cpSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fromB64 } from '#protocol/bytes'
import { readSiteManifest, signedSiteIn } from '#scripts/manifest/read-site-manifest'
import { signBuild } from '#scripts/manifest/sign-build'
import { openPublishingFile, PUBLISHING_FILE } from '#scripts/org/files/publishing-key'
import { testDir, testDist, testOrgDir } from '#scripts/shared/paths'
import { anyPort } from '#scripts/shared/ports'
import { serve, type Served } from '#scripts/local/serve'
import { copyTestDatabase } from '#scripts/test/database'
import type { Published } from '#scripts/watch/watch-host'
import { readOrganisation } from '#site/integrations/organisation.ts'

export const readOfOrg = (name: string): string => readFileSync(join(testOrgDir, name), 'utf8')
export const passphraseOfOrg = (): string => readOfOrg('throw-away-passphrase.txt').trim()

export interface SignedServer {
  server: Served
  /** everything that was published */
  published: Published
}

/** @param name  the folder that contains the copy and the server's state */
export async function serveSigned(name: string): Promise<SignedServer> {
  const state = join(testDir, name)
  const build = join(state, 'signed')
  copyTestDatabase(state)
  cpSync(testDist, build, { recursive: true })
  const key = await openPublishingFile(passphraseOfOrg(), readOfOrg(PUBLISHING_FILE))
  await signBuild(build, key, { app: 'https://oasis.example', nowMs: Date.now() })
  const organisation = await readOrganisation(Date.now(), join(testOrgDir, 'public.json'))
  const signed = signedSiteIn(build)
  const manifest = await readSiteManifest(signed, fromB64(organisation.root), Date.now())
  const server = await serve({ state, dist: build, port: await anyPort() })
  return { server, published: { organisation, manifest, signed, build } }
}

/**
 * Returns the same site with only a few files, so that finding a planted fault needs few requests.
 */
export function withFew(published: Published, isKept: (file: string) => boolean): Published {
  const files = Object.entries(published.manifest.files).filter(([file]) => isKept(file))
  return { ...published, manifest: { ...published.manifest, files: Object.fromEntries(files) } }
}
