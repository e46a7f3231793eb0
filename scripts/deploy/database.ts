// Asks the remote database whose keys it holds, and loads the keys into an empty one. A site that
// seals to one organisation must not write into another organisation's database.
import { existsSync, readFileSync } from 'node:fs'
import * as z from 'zod/mini'
import { fromB64, sameBytes, type Bytes } from '#protocol/bytes'
import { readManifest, trustedManifest } from '#protocol/keys/manifest'
import { askDatabase, DATABASE_NAME, type Wrangler } from '#scripts/account/ask-database'
import { isRefusedLoad } from '#scripts/shared/database'
import { Stop } from '#scripts/shared/progress'
import type { PublicOrganisation } from '#site/integrations/organisation.ts'

const Row = z.object({
  epoch: z.int(),
  manifest: z.string().check(z.regex(/^([0-9A-F]{2})+$/)),
  retired_day: z.nullable(z.string()),
})

interface StoredEpoch {
  epoch: number
  manifest: Bytes
  isRetired: boolean
}

/** Returns the epochs in the database, newest last. A new database has no epochs. */
export async function storedEpochs(wrangler: Wrangler): Promise<StoredEpoch[]> {
  const Table = z.object({ name: z.string() })
  const tables = await askDatabase(
    wrangler,
    Table,
    "SELECT name FROM sqlite_master WHERE name = 'epochs'",
  )
  if (tables.length === 0) return []
  const rows = await askDatabase(
    wrangler,
    Row,
    'SELECT epoch, hex(manifest) AS manifest, retired_day FROM epochs ORDER BY epoch',
  )
  return rows.map(({ epoch, manifest, retired_day }) => ({
    epoch,
    manifest: new Uint8Array(Buffer.from(manifest, 'hex')),
    isRetired: retired_day !== null,
  }))
}

/**
 * Returns the sentence that refuses a database; null for the right database and for an empty one.
 */
export async function databaseFault(
  stored: readonly StoredEpoch[],
  organisation: PublicOrganisation,
): Promise<string | null> {
  const [root, manifest] = [fromB64(organisation.root), fromB64(organisation.manifest)]
  const { epoch } = readManifest(manifest)
  const newest = stored.at(-1)
  if (newest === undefined) return null
  for (const each of stored)
    if (!(await isOf(root, each.manifest)))
      return `The database holds epoch ${each.epoch} of another organisation: check databaseId.`
  if (newest.epoch !== epoch) {
    return (
      `The database is in epoch ${newest.epoch} and public.json in epoch ${epoch}: ` +
      'take the public.json of the epoch that is loaded.'
    )
  }
  if (!sameBytes(newest.manifest, manifest))
    return `The database holds other keys for epoch ${epoch} than public.json: check both.`
  return newest.isRetired ? `Epoch ${epoch} of public.json is retired in the database.` : null
}

/** Returns true when a root key has signed a manifest. An old epoch may have expired already. */
async function isOf(root: Bytes, manifest: Bytes): Promise<boolean> {
  try {
    await trustedManifest(manifest, root, 0)
    return true
  } catch {
    return false
  }
}

/**
 * Loads publish.sql into a database without keys, and checks the stored epochs.
 *
 * @param file  the path of publish.sql
 * @throws Stop when the file is missing or belongs to another organisation, or when the database
 *   refuses it
 */
export async function loadKeys(
  wrangler: Wrangler,
  file: string,
  organisation: PublicOrganisation,
): Promise<void> {
  if (!existsSync(file)) {
    throw new Stop(
      `The database holds no keys and ${file} is missing: restore the database ` +
        '(docs/operations/backup.md), or make a new organisation.',
    )
  }
  const manifest = Buffer.from(organisation.manifest, 'base64url').toString('hex')
  if (!readFileSync(file, 'utf8').includes(`X'${manifest}'`))
    throw new Stop(`${file} does not hold the keys of public.json: take both from one folder.`)
  const load = ['d1', 'execute', DATABASE_NAME, '--remote', '--yes', '--file', file]
  await wrangler('publish', load).catch((reason: unknown) => {
    if (!isRefusedLoad(reason)) throw reason
    throw new Stop(`The database holds other keys than ${file}, so that nothing was loaded.`)
  })
  const stored = await storedEpochs(wrangler)
  const fault = await databaseFault(stored, organisation)
  if (fault !== null || stored.length === 0)
    throw new Stop(fault ?? 'The database holds no keys after publish.sql was loaded.')
}
