// The organisation whose pages are built: its root key is pinned in them, its manifest is brought along.
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { fromB64 } from '#protocol/bytes'
import { trustedManifest } from '#protocol/manifest'

export interface PublicOrganisation {
  /** base64url */
  root: string
  manifest: string
}

/** Reads and proves the public file. Throws one sentence that says what to do. */
export async function readOrganisation(now = Date.now()): Promise<PublicOrganisation> {
  const path = resolve(process.env['OASIS_ORG'] ?? '.oasis/org/public.json')
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch {
    throw new Error(`There is no organisation at ${path}. Make one with: npm run org`)
  }
  try {
    const { root, manifest } = JSON.parse(text) as Partial<PublicOrganisation>
    if (!root || !manifest) throw new Error('a key is missing')
    await trustedManifest(fromB64(manifest), fromB64(root), now)
    return { root, manifest }
  } catch (cause) {
    throw new Error(
      `The organisation at ${path} cannot be used: its root does not vouch for its manifest today.`,
      {
        cause,
      },
    )
  }
}
