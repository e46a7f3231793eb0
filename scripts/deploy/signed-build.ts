// Builds and signs the site for a deployment, or keeps the signed build from the previous run. The
// passphrase is requested before the build, so that a typo does not waste a build.
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fromB64 } from '#protocol/bytes'
import { hashOfBuild, runBuild, type Build } from '#scripts/build'
import { openPublishingKey, publishingFileOf, signWith } from '#scripts/manifest'
import { readSiteManifest, signedSiteIn } from '#scripts/manifest/read-site-manifest'
import { signedFilesIn, SITE_MANIFEST_FILE } from '#scripts/manifest/sign-build'
import { hashOfFile } from '#scripts/manifest/webcat'
import { readSignedKeys } from '#scripts/org/files/newest-keys'

/**
 * Hashes everything that a signed build is made from, including the publishing key's file. After a
 * renewal, the new key therefore signs the same sources again.
 */
export const stampOf = (build: Build): string =>
  createHash('sha256').update(hashOfBuild(build)).update(publishingFileOf(build.org)).digest('hex')

/**
 * Builds and signs the site when a source, a setting, a file or the publishing key has changed.
 *
 * @param stamp       the file that records the sources of the last build
 * @param passphrase  asks for the passphrase of the publishing key
 * @returns the hash of the site manifest, hex
 */
export async function buildSigned(
  build: Build,
  stamp: string,
  passphrase: () => Promise<string>,
): Promise<string> {
  const { dist, org } = build
  const sources = stampOf(build)
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === sources && (await isSigned(dist, org))) {
    console.log('No source has changed, so the signed build of the run before is kept.')
    return manifestHash(dist)
  }
  const key = await openPublishingKey(org, passphrase)
  await runBuild(build)
  await signWith(dist, org, key)
  mkdirSync(dirname(stamp), { recursive: true })
  writeFileSync(stamp, sources)
  return manifestHash(dist)
}

const manifestHash = (dist: string): string =>
  createHash('sha256')
    .update(readFileSync(join(dist, SITE_MANIFEST_FILE)))
    .digest('hex')

/** Returns true when a folder contains exactly the files that its valid site manifest names. */
async function isSigned(dist: string, org: string): Promise<boolean> {
  try {
    const root = fromB64((await readSignedKeys(org)).root)
    const manifest = await readSiteManifest(signedSiteIn(dist), root, Date.now())
    const files = [...signedFilesIn(dist)]
    return (
      manifest.headers === readFileSync(join(dist, '_headers'), 'utf8') &&
      files.length === Object.keys(manifest.files).length &&
      files.every(([file, bytes]) => manifest.files[`/${file}`] === hashOfFile(bytes))
    )
  } catch {
    return false
  }
}
