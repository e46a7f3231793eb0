// Reads the organisation of a build. Pages hold the intake key of the manifest; the tool `renew`
// holds the root key.
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { fromB64 } from '#protocol/bytes'
import { trustedManifest } from '#protocol/keys/manifest'

export interface PublicOrganisation {
  /** base64url */
  root: string
  manifest: string
  /** nobody keeps these keys: a deployment refuses them */
  throwAway?: boolean
}

/** Everything that public.json holds. A build needs only the keys of PublicOrganisation. */
export interface PublicFile extends PublicOrganisation {
  /** the recovery key's public half, base64url */
  recovery: string
  /** the private key of each epoch, sealed to the recovery key; base64url */
  epochs: { epoch: number; sealedForRecovery: string }[]
}

/** Reads the public file and verifies the manifest. Throws an error that names the problem. */
export async function readOrganisation(
  now = Date.now(),
  path = resolve(process.env['OASIS_ORG'] ?? '.oasis/org/public.json'),
): Promise<PublicOrganisation> {
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch {
    throw new Error(`There is no organisation at ${path}. Make one with: npm run org`)
  }
  try {
    const { root, manifest, throwAway } = JSON.parse(text) as Partial<PublicOrganisation>
    if (!root || !manifest) throw new Error('a key is missing')
    await trustedManifest(fromB64(manifest), fromB64(root), now)
    return { root, manifest, throwAway: throwAway !== undefined }
  } catch (cause) {
    throw new Error(
      `The organisation at ${path} cannot be used: its root does not vouch for its manifest today.`,
      {
        cause,
      },
    )
  }
}
