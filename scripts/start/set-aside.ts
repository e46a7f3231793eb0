// Sets aside files from an older version of `npm start`, because that version's keys and tables are
// no longer usable. Nothing is deleted.
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fromB64 } from '#protocol/bytes'
import { readManifest } from '#protocol/keys/manifest'
import { hasLowS } from '#protocol/keys/signatures'
import { HYBRID_KEY_BYTES } from '#protocol/limits'
import { isMemberUsable } from '#scripts/org/files/member-file'
import type { PublicFile } from '#site/integrations/organisation.ts'

const OLDER = 'older'
/** Folders that any version can use. */
const KEPT = [
  ...[OLDER, 'browsers', 'log', 'test', 'bench', 'curtain', 'clients', 'demo'],
  // Each of these two folders records which inputs its contents were made from.
  ...['bundled', 'kept'],
]

/** Returns true when this version can use an organisation. */
export function isUsable(org: string): boolean {
  try {
    const { manifest, hybridKey, recovery, rootForRecovery, epochs, begin } = JSON.parse(
      readFileSync(org, 'utf8'),
    ) as Partial<PublicFile>
    const manifestBytes = fromB64(manifest ?? '')
    readManifest(manifestBytes)
    const hasHybridRecovery = fromB64(recovery ?? '').length === HYBRID_KEY_BYTES
    const parts = [hybridKey, rootForRecovery, epochs, begin]
    const isWhole = parts.every((part) => part !== undefined)
    // Older versions accepted signatures with a high s. The last 64 bytes of a manifest are its
    // signature.
    const signatures = [fromB64(begin?.signature ?? ''), manifestBytes.slice(-64)]
    const isLow = signatures.every(hasLowS)
    return hasHybridRecovery && isWhole && isLow && isMemberUsable(dirname(org))
  } catch {
    return false
  }
}

/**
 * Moves an older version's organisation and database into a folder beside them.
 *
 * @param state  the folder of the local server
 * @param org    its public file
 * @returns the folder, or null when there was nothing to move
 */
export function setAside(state: string, org: string): string | null {
  if (!existsSync(org) || isUsable(org)) return null
  let folder = join(state, OLDER, '1')
  for (let n = 2; existsSync(folder); n++) folder = join(state, OLDER, String(n))
  mkdirSync(folder, { recursive: true })
  for (const name of readdirSync(state))
    if (!KEPT.includes(name)) renameSync(join(state, name), join(folder, name))
  return folder
}
