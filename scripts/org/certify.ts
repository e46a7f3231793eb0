// Certifies the first staff member, whom no colleague can confirm. The offline laptop checks the
// newcomer's request, has the digits compared, and writes a certificate that the root has signed.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fromB64 } from '#protocol/bytes'
import { replayLedger } from '#protocol/staff/ledger/roster'
import { openKeyFile } from '#scripts/org/files/key-file'
import { ledgerFile, readJsonFile, readLedgerFile } from '#scripts/org/files/ledger-file'
import { readPublicFile } from '#scripts/org/files/public-file'
import { Stop } from '#scripts/shared/progress'
import { RecoveryFault } from '#site/staff/ledger/recovery-fault.ts'
import { certifyNewcomer } from '#site/staff/recovery/certify-newcomer.ts'
import { JoinRequest, newcomerOf } from '#site/staff/recovery/join-request.ts'
import { rootSigner } from '#site/staff/recovery/root-key.ts'

export interface Questions {
  /** Shows the digits. @returns true when the newcomer reads out the same digits */
  compareDigits: (digits: string[]) => Promise<boolean>
  /** @returns the passphrase of root.key */
  passphrase: () => Promise<string>
}

/**
 * Writes certificate.json, and adds the new rows to ledger.json.
 *
 * @param folder   the folder of the organisation's keys
 * @param request  the path of request.txt
 * @param nowMs    milliseconds since 1970
 * @returns the path of the certificate
 * @throws Stop or RecoveryFault for each refusal, before anything is written
 */
export async function certifyFirstMember(
  folder: string,
  request: string,
  { compareDigits, passphrase }: Questions,
  nowMs: number,
): Promise<string> {
  const { epochs, ...known } = readPublicFile(join(folder, 'public.json'))
  const root = fromB64(known.root)
  const ledgerPath = join(folder, 'ledger.json')
  const asked = readJsonFile(request, JoinRequest)
  const rows = readLedgerFile(ledgerPath)
  const replayed = await replayLedger(rows, root)
  if (!replayed.isWhole)
    throw new Stop(`ledger.json is broken at row ${replayed.at}. Nothing was written.`)
  const newcomer = await newcomerOf(asked, rows, root)
  if (!(await compareDigits(newcomer.digits))) throw new RecoveryFault('digits_differ')
  const keys = await openKeyFile(await passphrase(), readFileSync(join(folder, 'root.key'), 'utf8'))
  const by = await rootSigner(root, keys.root)
  const [first] = epochs
  const { certificate, ledger } = await certifyNewcomer(
    by,
    newcomer,
    root,
    {
      epochKeys: new Map(first ? [[first.epoch, keys.epochKeys]] : []),
      teamKeys: new Map(),
    },
    nowMs,
  )
  const path = join(folder, 'certificate.json')
  writeFileSync(path, `${JSON.stringify(certificate, null, 2)}\n`, { mode: 0o600 })
  // Writes the ledger last, so that an interrupted run can be repeated.
  writeFileSync(ledgerPath, ledgerFile(ledger.rows), { mode: 0o600 })
  return path
}
