// Updates public.json to the newest keys for letters. A keeper opens a new epoch in the staff app,
// so public.json can become outdated even without a deployment. The update accepts only keys that
// the pinned root vouches for, and never older keys.
import { readFileSync } from 'node:fs'
import { fromB64, sameBytes, sha256 } from '#protocol/bytes'
import { lastDayOf } from '#protocol/keys/key-days'
import { isExpired, isManifestSigned, readManifest } from '#protocol/keys/manifest'
import { DAY_MS } from '#protocol/limits'
import { newestNumber } from '#protocol/staff/ledger/roster-checks'
import { dayOf } from '#protocol/time'
import { Stop } from '#scripts/shared/progress'
import { replaceFile } from '#scripts/shared/replace-file'
import {
  readOrganisation,
  type PublicFile,
  type PublicOrganisation,
} from '#site/integrations/organisation.ts'
import type { WholeExport } from '#site/staff/recovery/export-file.ts'

/** The keys of an epoch, in base64url. */
export interface PublishedKeys {
  manifest: string
  hybridKey: string
}

/** The newest keys of a ledger. */
interface LedgerKeys extends PublishedKeys {
  /**
   * true when a keeper opened the epoch after a restore, so its number may already have been used
   */
  isAfterRestore: boolean
}

/** Returns the keys in public.json if the root vouches for them, even if they have expired. */
export const readSignedKeys = (path: string): Promise<PublicOrganisation> =>
  // Checks the expiry as of the first day of 1970, so that no key counts as expired.
  readOrganisation(0, path)

const epochOf = ({ manifest }: Pick<PublishedKeys, 'manifest'>): number =>
  readManifest(fromB64(manifest)).epoch

/**
 * Returns true when the root vouches for a manifest, and the manifest contains the hybrid key's
 * hash.
 */
async function areSigned(root: string, { manifest, hybridKey }: PublishedKeys): Promise<boolean> {
  const bytes = fromB64(manifest)
  return (
    (await isManifestSigned(bytes, fromB64(root))) &&
    sameBytes(await sha256(fromB64(hybridKey)), readManifest(bytes).hybridHash)
  )
}

/**
 * Finds the newest keys in the ledger of a database.
 *
 * @throws Stop when the tables of the database contradict its ledger
 */
export function newestKeysIn({ roster, epochs }: WholeExport): LedgerKeys {
  const newest = newestNumber(roster.epochs)
  for (const { epoch, manifest } of epochs)
    if (roster.epochs.get(epoch)?.manifest !== manifest) {
      throw new Stop(
        `The database holds keys for epoch ${epoch} that its ledger does not name. ` +
          'Nothing was taken: ask the keepers who made them.',
      )
    }
  const [found, named] = [epochs.find(({ epoch }) => epoch === newest), roster.epochs.get(newest)]
  if (!found || !named)
    throw new Stop(
      `The ledger names keys for epoch ${newest}, and the database does not hold them.`,
    )
  const { manifest, hybridKey } = found
  const isAfterRestore = roster.restart !== null && named.row > roster.restart.row
  return { manifest, hybridKey, isAfterRestore }
}

/**
 * Writes newer keys into public.json.
 *
 * @param path  the path of public.json
 * @returns the sentence to print; null when the file already contains these keys
 * @throws Stop for keys that the pinned root does not vouch for. Stop also for older keys, and
 *   for different keys of the same epoch. The file then stays unchanged.
 */
export async function followKeys(
  path: string,
  { manifest, hybridKey, isAfterRestore = false }: PublishedKeys & Partial<LedgerKeys>,
): Promise<string | null> {
  const known = await readSignedKeys(path)
  if (known.manifest === manifest && known.hybridKey === hybridKey) return null
  if (!(await areSigned(known.root, { manifest, hybridKey })))
    throw new Stop(`The root key of ${path} does not vouch for the keys that came. It stays.`)
  const [before, epoch] = [epochOf(known), epochOf({ manifest })]
  if (epoch < before) {
    throw new Stop(
      `The database is in epoch ${epoch}, and epoch ${before} was published before. Somebody ` +
        'lies, or restored an older copy. After a restore (docs/operations/restore.md) a keeper ' +
        `makes new keys for letters until their number is ${before}.`,
    )
  }
  if (epoch === before && !isAfterRestore) {
    throw new Stop(
      `The database holds other keys for epoch ${epoch} than ${path}, and nobody signed a ` +
        'restore. Nothing was taken: check both.',
    )
  }
  const file = JSON.parse(readFileSync(path, 'utf8')) as PublicFile
  replaceFile(path, `${JSON.stringify({ ...file, manifest, hybridKey }, null, 2)}\n`)
  return `${path} holds the keys of epoch ${epoch} now, which its root vouches for.`
}

/** Returns the sentence about keys whose last day and grace period are over; null before that. */
export function endedKeys({ manifest }: PublishedKeys, nowMs: number): string | null {
  const bytes = fromB64(manifest)
  const fields = readManifest(bytes)
  if (!isExpired(fields, nowMs)) return null
  const lastDay = dayOf(lastDayOf(bytes) * DAY_MS)
  return (
    `The keys of epoch ${fields.epoch} ended on ${lastDay}: a keeper makes new ones on the ` +
    'screen "Keys" (docs/operations/renew-keys.md).'
  )
}
