// Reads the organisation of a build. Pages contain the intake key from the manifest. The `renew`
// tool contains the root key, and the `pq` tool the hybrid key.
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { fromB64, sameBytes, sha256 } from '#protocol/bytes'
import { trustedManifest } from '#protocol/keys/manifest'
import type { LedgerRow } from '#protocol/staff/ledger/rows'

export interface PublicOrganisation {
  /** base64url */
  root: string
  manifest: string
  /** the epoch's key for suite 2; the manifest contains the hash of this key */
  hybridKey: string
  /** true for the keys of a throw-away organisation, which a deployment refuses */
  throwAway?: boolean
}

/** All fields of public.json. A build needs only the keys in PublicOrganisation. */
export interface PublicFile extends PublicOrganisation {
  /** the recovery key's public half, base64url */
  recovery: string
  /** the root's private key, sealed to the recovery key; base64url */
  rootForRecovery: string
  /** the private keys of each epoch, sealed to the recovery key; base64url */
  epochs: { epoch: number; sealedForRecovery: string }[]
  /** `org.begin`, the first ledger row */
  begin: LedgerRow
}

/**
 * Reads the public file and verifies the manifest. If the file is unusable, throws an error that
 * explains the problem.
 */
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
    const { root, manifest, hybridKey, throwAway } = JSON.parse(text) as Partial<PublicOrganisation>
    if (!root || !manifest || !hybridKey) throw new Error('a key is missing')
    const { hybridHash } = await trustedManifest(fromB64(manifest), fromB64(root), now)
    if (!sameBytes(await sha256(fromB64(hybridKey)), hybridHash))
      throw new Error('the manifest names another hybrid key')
    return { root, manifest, hybridKey, throwAway: throwAway !== undefined }
  } catch (cause) {
    throw new Error(
      `The organisation at ${path} cannot be used: its root does not vouch for its manifest today.`,
      {
        cause,
      },
    )
  }
}
