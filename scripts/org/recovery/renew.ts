// Makes a new recovery key and three new sheets. The root signs the ledger row that makes browsers
// seal to the new key. The older sheets still open everything that was sealed before the renewal.
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fromB64, toB64 } from '#protocol/bytes'
import { dayOf } from '#protocol/time'
import type { RecoveryRenew } from '#protocol/staff/ledger/keys'
import { openKeyFile } from '#scripts/org/files/key-file'
import { ledgerFile } from '#scripts/org/files/ledger-file'
import { readPublicFile } from '#scripts/org/files/public-file'
import { readExportFile } from '#scripts/org/recovery/open-by-shares'
import { writeRecoveryPage } from '#scripts/org/recovery/page'
import { shareSheet } from '#scripts/org/recovery/sheet'
import { Stop } from '#scripts/shared/progress'
import type { PublicFile } from '#site/integrations/organisation.ts'
import { makeHybridPair } from '#site/staff/crypto/seal-to.ts'
import { ledgerRowOf } from '#site/staff/recovery/chained-row.ts'
import { openRoot, rootSigner, sealRoot } from '#site/staff/recovery/root-key.ts'
import { addRootRow } from '#site/staff/recovery/root-rows.ts'
import { combineShares, SHARES, splitRecoveryKey } from '#site/staff/recovery/shares.ts'

export const RECOVERY_SQL = 'recovery-renew.sql'
const RECOVERY_ROW = 'recovery-renew.json'

const shareFile = (number: number): string => `share-${number}.txt`

/**
 * Writes three sheets, RECOVERY_SQL, RECOVERY_ROW, ledger.json, the recovery page, and public.json
 * with the new key.
 *
 * @param folder      the organisation's folder, with root.key
 * @param exportPath  the newest export
 * @returns the names of the files
 * @throws Stop when the folder already has sheets; RecoveryFault from readExport and addRootRow
 */
export async function renewRecovery(
  folder: string,
  exportPath: string,
  passphrase: () => Promise<string>,
  nowMs: number,
): Promise<string[]> {
  const numbers = Array.from({ length: SHARES }, (_, at) => at + 1)
  if (numbers.some((number) => existsSync(join(folder, shareFile(number)))))
    throw new Stop(`There are sheets in ${folder}: print them and delete the files first.`)
  const publicPath = join(folder, 'public.json')
  const root = fromB64(readPublicFile(publicPath).root)
  const file = await readExportFile(exportPath, root)
  const keys = await openKeyFile(await passphrase(), readFileSync(join(folder, 'root.key'), 'utf8'))
  const by = await rootSigner(root, keys.root)
  const pair = await makeHybridPair()
  const change: RecoveryRenew = { recovery: toB64(pair.publicKey) }
  const row = { action: 'recovery.renew', subject: by.personId, change } as const
  const { rows, sql } = await addRootRow(by, file, row, nowMs)
  const rootForRecovery = await sealRoot(pair.publicKey, keys.root)
  const shares = await splitRecoveryKey(pair)
  pair.seed.fill(0)
  for (const missing of shares.keys()) {
    const two = shares.filter((_, at) => at !== missing)
    await openRoot(await combineShares(two, [pair.publicKey]), rootForRecovery, root)
  }
  const signed = rows.at(-1)
  if (!signed) throw new Error('The ledger has no row.')
  const known = JSON.parse(readFileSync(publicPath, 'utf8')) as PublicFile
  const renewed: PublicFile = {
    ...known,
    recovery: change.recovery,
    rootForRecovery: toB64(rootForRecovery),
  }
  const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`
  const files: [string, string][] = [
    ...shares.map((share, at): [string, string] => [
      shareFile(at + 1),
      shareSheet(share, at + 1, dayOf(nowMs)),
    ]),
    [RECOVERY_SQL, sql],
    [RECOVERY_ROW, json(ledgerRowOf(signed))],
    ['ledger.json', ledgerFile(rows)],
    ['public.json', json(renewed)],
  ]
  for (const [name, text] of files) writeFileSync(join(folder, name), text, { mode: 0o600 })
  await writeRecoveryPage(folder)
  return files.map(([name]) => name)
}
