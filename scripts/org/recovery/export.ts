// Writes export.json: the ledger, and the keys that are sealed to the recovery key. The file
// contains no names and no reports. A recovery requires this file.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import * as z from 'zod/mini'
import { fromB64, toB64 } from '#protocol/bytes'
import { LEDGER_PAGE } from '#protocol/staff/ledger/rows'
import { dayOf } from '#protocol/time'
import { askDatabase, type Wrangler } from '#scripts/account/ask-database'
import { followKeys, newestKeysIn } from '#scripts/org/files/newest-keys'
import { readPublicFile } from '#scripts/org/files/public-file'
import { EXPORT_NAME, readExport, type ExportFile } from '#site/staff/recovery/export-file.ts'

const hexText = z.string().check(z.regex(/^([0-9A-F]{2})*$/))

const LedgerText = z.object({ change: z.string(), statement: z.string(), signature: hexText })
const EpochText = z.object({
  epoch: z.int(),
  manifest: hexText,
  hybrid_key: hexText,
  sealed: z.nullable(hexText),
})
const TeamText = z.object({ generation: z.int(), sealed: z.nullable(hexText) })

const b64 = (hex: string): string => toB64(Buffer.from(hex, 'hex'))
/** Returns null for a key whose last copies have been deleted. */
const sealedB64 = (hex: string | null): string | null => (hex ? b64(hex) : null)

/** A database that wrangler can query. */
export interface AskedDatabase {
  wrangler: Wrangler
  /** the arguments of wrangler that identify the database */
  place: readonly string[]
}

interface WrittenExport {
  path: string
  /** the number of rows */
  rows: number
  /**
   * the sentence about the newer keys in public.json; null when that file already had the newest
   * keys
   */
  newKeys: string | null
}

/**
 * Writes export.json into the organisation's folder, if its rows are valid under the root key. Also
 * updates public.json to the newest keys.
 *
 * @throws Stop for an unreadable response, and when newestKeysIn or followKeys throws
 * @throws RecoveryFault `export_foreign` or `export_broken`; then nothing is written
 */
export async function writeExport(
  folder: string,
  asked: AskedDatabase,
  nowMs: number,
): Promise<WrittenExport> {
  const publicPath = join(folder, 'public.json')
  const file = await readDatabase(asked, dayOf(nowMs))
  const text = `${JSON.stringify(file, null, 2)}\n`
  const whole = await readExport(text, fromB64(readPublicFile(publicPath).root))
  const newKeys = await followKeys(publicPath, newestKeysIn(whole))
  const path = join(folder, EXPORT_NAME)
  writeFileSync(path, text, { mode: 0o600 })
  return { path, rows: file.rows.length, newKeys }
}

/**
 * Reads the ledger and the sealed keys of a database, without verifying them.
 *
 * @param day  the day of the export
 */
export async function readDatabase(
  { wrangler, place }: AskedDatabase,
  day: string,
): Promise<ExportFile> {
  const ask = <T extends z.ZodMiniType>(row: T, sql: string): Promise<z.infer<T>[]> =>
    askDatabase(wrangler, row, sql, place)
  const rows: ExportFile['rows'] = []
  // Rows are only ever added, so pages that are read one after another are consistent.
  for (let page = null as number | null; page === null || page === LEDGER_PAGE;) {
    const found = await ask(
      LedgerText,
      'SELECT change, statement, hex(signature) AS signature FROM ledger ' +
        `WHERE seq > ${rows.length} ORDER BY seq LIMIT ${LEDGER_PAGE}`,
    )
    rows.push(...found.map((row) => ({ ...row, signature: b64(row.signature) })))
    page = found.length
  }
  const epochs = await ask(
    EpochText,
    'SELECT epoch, hex(manifest) AS manifest, hex(hybrid_key) AS hybrid_key, ' +
      'hex(sealed_for_recovery) AS sealed FROM epochs ORDER BY epoch',
  )
  const teams = await ask(
    TeamText,
    'SELECT generation, hex(sealed_for_recovery) AS sealed FROM teams ORDER BY generation',
  )
  return {
    v: 1,
    day,
    rows,
    epochs: epochs.map(({ epoch, manifest, hybrid_key, sealed }) => ({
      epoch,
      manifest: b64(manifest),
      hybridKey: b64(hybrid_key),
      sealedForRecovery: sealedB64(sealed),
    })),
    teams: teams.map(({ generation, sealed }) => ({
      generation,
      sealedForRecovery: sealedB64(sealed),
    })),
  }
}
