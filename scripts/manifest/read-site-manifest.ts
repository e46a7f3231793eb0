// Reads a signed site manifest. A caller never receives an unverified manifest.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fromUtf8, type Bytes } from '#protocol/bytes'
import { SIGNATURE_FILE, SITE_MANIFEST_FILE } from '#scripts/manifest/sign-build'
import { verifySite } from '#scripts/manifest/signature'
import { SiteManifest } from '#scripts/manifest/webcat'
import { Stop } from '#scripts/shared/progress'

/** The two files of a signed site manifest. */
export interface SignedSite {
  manifest: Bytes
  signature: Bytes
}

/**
 * Parses a site manifest after verifying its signature.
 *
 * @param root  the root's public key, 65 bytes
 * @throws Stop when verifySite throws, and for a signed text that is not a site manifest
 */
export async function readSiteManifest(
  { manifest, signature }: SignedSite,
  root: Bytes,
  nowMs: number,
): Promise<SiteManifest> {
  await verifySite(manifest, signature, root, nowMs)
  const read = SiteManifest.safeParse(JSON.parse(fromUtf8(manifest)))
  if (!read.success) throw new Stop('What the publishing key signed is no site manifest.')
  return read.data
}

/** Reads the two files of a signed site manifest from a folder. @throws Stop when one is missing */
export function signedSiteIn(folder: string): SignedSite {
  const read = (file: string): Bytes => {
    const path = join(folder, file)
    if (!existsSync(path))
      throw new Stop(`There is no ${path}: run npm run manifest, or give the folder of the build.`)
    return new Uint8Array(readFileSync(path))
  }
  return { manifest: read(SITE_MANIFEST_FILE), signature: read(SIGNATURE_FILE) }
}
