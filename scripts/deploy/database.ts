// Checks which organisation's keys the remote database contains, and loads the keys into an empty
// database. A site that seals to one organisation must not write to another organisation's
// database.
import { existsSync, readFileSync } from 'node:fs'
import * as z from 'zod/mini'
import { fromB64 } from '#protocol/bytes'
import { dayOf } from '#protocol/time'
import { askDatabase, DATABASE, type Wrangler } from '#scripts/account/ask-database'
import { followKeys, newestKeysIn, readSignedKeys } from '#scripts/org/files/newest-keys'
import { readPublicFile } from '#scripts/org/files/public-file'
import { readDatabase } from '#scripts/org/recovery/export'
import { sentenceOf } from '#scripts/org/recovery/sentence'
import { isRefusedLoad } from '#scripts/shared/database'
import { Stop } from '#scripts/shared/progress'
import { RecoveryFault } from '#site/staff/ledger/recovery-fault.ts'
import { readExport, type WholeExport } from '#site/staff/recovery/export-file.ts'

/** A summary of the keys in the database. */
export interface StoredKeys {
  /** true for a new database, which contains no keys */
  isEmpty: boolean
  /**
   * the sentence about the newer keys in public.json; null when that file already had the newest
   * keys
   */
  newKeys: string | null
}

const Table = z.object({ name: z.string() })
const TABLES = "SELECT name FROM sqlite_master WHERE name = 'epochs'"

/**
 * Fetches the database's ledger, and updates public.json to the newest keys.
 *
 * @param org  the path of public.json
 * @throws Stop for the database of another organisation, for a broken ledger, and when
 *   newestKeysIn or followKeys throws
 */
export async function followDatabase(
  wrangler: Wrangler,
  org: string,
  nowMs: number,
): Promise<StoredKeys> {
  const empty = { isEmpty: true, newKeys: null }
  if ((await askDatabase(wrangler, Table, TABLES)).length === 0) return empty
  const file = await readDatabase({ wrangler, place: ['--remote'] }, dayOf(nowMs))
  if (file.rows.length === 0 && file.epochs.length === 0) return empty
  const whole = await wholeLedger(JSON.stringify(file), org)
  return { isEmpty: false, newKeys: await followKeys(org, newestKeysIn(whole)) }
}

async function wholeLedger(text: string, org: string): Promise<WholeExport> {
  try {
    return await readExport(text, fromB64(readPublicFile(org).root))
  } catch (reason) {
    if (!(reason instanceof RecoveryFault)) throw reason
    if (reason.code === 'export_foreign')
      throw new Stop('The database holds the ledger of another organisation: check databaseId.')
    throw new Stop(`The ledger of the database does not hold. ${sentenceOf(reason)}`)
  }
}

/**
 * Loads publish.sql into a database without keys, and checks the stored keys.
 *
 * @param org  the path of public.json, with publish.sql beside it as `file`
 * @throws Stop when the file is missing or belongs to another organisation, or when the database
 *   refuses it
 */
export async function loadKeys(
  wrangler: Wrangler,
  file: string,
  org: string,
  nowMs: number,
): Promise<void> {
  if (!existsSync(file)) {
    throw new Stop(
      `The database holds no keys and ${file} is missing: restore the database ` +
        '(docs/operations/backup.md), or make a new organisation.',
    )
  }
  const { manifest: known } = await readSignedKeys(org)
  const manifest = Buffer.from(known, 'base64url').toString('hex')
  if (!readFileSync(file, 'utf8').includes(`X'${manifest}'`))
    throw new Stop(`${file} does not hold the keys of public.json: take both from one folder.`)
  const load = ['d1', 'execute', DATABASE, '--remote', '--yes', '--file', file]
  await wrangler('publish', load).catch((reason: unknown) => {
    if (!isRefusedLoad(reason)) throw reason
    throw new Stop(`The database holds other keys than ${file}, so that nothing was loaded.`)
  })
  if ((await followDatabase(wrangler, org, nowMs)).isEmpty)
    throw new Stop('The database holds no keys after publish.sql was loaded.')
}
