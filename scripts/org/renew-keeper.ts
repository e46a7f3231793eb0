// Renews the certificate of a keeper, or makes another reader a keeper. The laptop compares the
// person's digits with the ledger, and the root signs the new row.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fromB64 } from '#protocol/bytes'
import { hasHead } from '#protocol/staff/ledger/rows'
import { replayLedger } from '#protocol/staff/ledger/roster'
import type { Questions } from '#scripts/org/certify'
import { openKeyFile } from '#scripts/org/files/key-file'
import { ledgerFile, readJsonFile, readLedgerFile } from '#scripts/org/files/ledger-file'
import { readPublicFile } from '#scripts/org/files/public-file'
import {
  keeperDigits,
  KeeperRequest,
  type KeeperCertificate,
} from '#site/staff/ledger/keeper-request.ts'
import { RecoveryFault } from '#site/staff/ledger/recovery-fault.ts'
import { keeperCertificate, keeperRow } from '#site/staff/recovery/keeper-row.ts'
import { rootSigner } from '#site/staff/recovery/root-key.ts'
import { addRootRow, type HeldLedger } from '#site/staff/recovery/root-rows.ts'

const KEEPER_CERTIFICATE = 'keeper-certificate.json'

/**
 * Writes KEEPER_CERTIFICATE, which is valid for KEEPER_DAYS, and ledger.json.
 *
 * @param folder   the organisation's folder, with root.key
 * @param request  the path of keeper-request.txt
 * @returns the path of the certificate
 * @throws Stop from openKeyFile; RecoveryFault `export_broken`, `ledger_older`, `keeper_unknown`,
 * `digits_differ` or `root_closed`. In each case, nothing is written.
 */
export async function renewKeeper(
  folder: string,
  request: string,
  { compareDigits, passphrase }: Questions,
  nowMs: number,
): Promise<string> {
  const asked = readJsonFile(request, KeeperRequest)
  const ledger = await newestLedger(folder, asked)
  const digits = await keeperDigits(ledger.roster, asked)
  if (!(await compareDigits(digits))) throw new RecoveryFault('digits_differ')
  const keys = await openKeyFile(await passphrase(), readFileSync(join(folder, 'root.key'), 'utf8'))
  const by = await rootSigner(ledger.root, keys.root)
  const { person, signPublic } = asked
  const row = keeperRow(person, await keeperCertificate(by, { signPublic }, nowMs))
  const { rows } = await addRootRow(by, ledger, row, nowMs)
  const signed = rows.at(-1)
  if (!signed) throw new Error('The ledger has no row.')
  const path = join(folder, KEEPER_CERTIFICATE)
  const made: KeeperCertificate = { person, signed }
  writeFileSync(path, `${JSON.stringify(made, null, 2)}\n`, { mode: 0o600 })
  writeFileSync(join(folder, 'ledger.json'), ledgerFile(rows), { mode: 0o600 })
  return path
}

/** Replays the ledger in the request, which must continue the laptop's ledger. */
async function newestLedger(folder: string, { rows }: KeeperRequest): Promise<HeldLedger> {
  const root = fromB64(readPublicFile(join(folder, 'public.json')).root)
  const replayed = await replayLedger(rows, root)
  if (!replayed.isWhole)
    throw new RecoveryFault('export_broken', { n: replayed.at, all: rows.length })
  const known = await replayLedger(readLedgerFile(join(folder, 'ledger.json')), root)
  if (!(await hasHead(rows, known.roster.head))) throw new RecoveryFault('ledger_older')
  return { rows, roster: replayed.roster, root }
}
