// Writes the manifests of a build beside its files, and signs the site manifest.
// The site manifest lists WAICT's integrity manifest as a file, so that one signature covers both.
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { utf8 } from '#protocol/bytes'
import { signSite, type PublishingKey } from '#scripts/manifest/signature'
import { integrityManifestOf } from '#scripts/manifest/waict'
import { siteManifestOf, type SiteManifest } from '#scripts/manifest/webcat'
import { filesUnder } from '#scripts/shared/paths'
import { Stop } from '#scripts/shared/progress'

const WELL_KNOWN = '.well-known'
export const SITE_MANIFEST_FILE = `${WELL_KNOWN}/webcat/manifest.json`
/** The site's own signature file, which WEBCAT ignores. */
export const SIGNATURE_FILE = `${WELL_KNOWN}/webcat/manifest.signature`

/** `_headers`, which no host serves, and the site manifest with its signature. */
const UNSIGNED = ['_headers', SITE_MANIFEST_FILE, SIGNATURE_FILE]

function write(dist: string, file: string, bytes: Uint8Array): void {
  const path = join(dist, file)
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, bytes)
}

/** Reads the files of a build that a site manifest lists, by path. */
export const signedFilesIn = (dist: string): Map<string, Buffer> =>
  new Map(
    filesUnder(dist)
      .filter((file) => !UNSIGNED.includes(file))
      .map((file) => [file, readFileSync(join(dist, file))]),
  )

/**
 * Signs a build.
 *
 * @param app  the site's address
 * @throws Stop for a folder that is not a build
 */
export async function signBuild(
  dist: string,
  key: PublishingKey,
  { app, nowMs }: { app: string; nowMs: number },
): Promise<SiteManifest> {
  const headers = join(dist, '_headers')
  if (!existsSync(headers))
    throw new Stop(`${dist} is no build of this site, because it has no _headers.`)
  // The build itself may have placed security.txt beside these two folders.
  for (const folder of ['webcat', 'waict'])
    rmSync(join(dist, WELL_KNOWN, folder), { recursive: true, force: true })
  const files = signedFilesIn(dist)
  const integrity = integrityManifestOf(files)
  files.set(integrity.file, integrity.body)
  const manifest = siteManifestOf(files, readFileSync(headers, 'utf8'), { app, nowMs })
  const bytes = utf8(`${JSON.stringify(manifest, null, 1)}\n`)
  write(dist, integrity.file, integrity.body)
  write(dist, SITE_MANIFEST_FILE, bytes)
  write(dist, SIGNATURE_FILE, await signSite(key.privateKey, key, bytes))
  return manifest
}
