// Invites a reader with root.key after the first invitation expired unused, or when the staff can
// no longer sign in.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fromB64 } from '#protocol/bytes'
import { isReader } from '#protocol/staff/ledger/roster-checks'
import { replayLedger } from '#protocol/staff/ledger/roster'
import { openKeyFile } from '#scripts/org/files/key-file'
import { ledgerFile, readLedgerFile } from '#scripts/org/files/ledger-file'
import { readPublicFile } from '#scripts/org/files/public-file'
import { readExportFile } from '#scripts/org/recovery/open-by-shares'
import { invitationText } from '#scripts/org/write'
import { Stop } from '#scripts/shared/progress'
import { rootSigner } from '#site/staff/recovery/root-key.ts'
import { INVITE_FILE, inviteByRoot, type HeldLedger } from '#site/staff/recovery/root-rows.ts'

export interface InviteQuestions {
  /** @returns the passphrase of root.key */
  passphrase: () => Promise<string>
  /** @returns true when none of the readers can sign in any more */
  areAllLost: (readers: number) => Promise<boolean>
}

/**
 * Writes invitation.txt and INVITE_FILE, and writes ledger.json with the new row.
 *
 * @param folder      the organisation's folder, with root.key
 * @param exportPath  the newest export; null when nobody has ever joined
 * @throws Stop when a reader can still sign in, or when a file does not match
 * @throws RecoveryFault with a code of readExport or inviteByRoot
 */
export async function inviteAgain(
  folder: string,
  exportPath: string | null,
  { passphrase, areAllLost }: InviteQuestions,
  nowMs: number,
): Promise<void> {
  const ledger = await ledgerOf(folder, exportPath)
  const readers = [...ledger.roster.people.values()].filter(isReader).length
  if (readers > 0 && exportPath === null)
    throw new Stop(
      'The first member is certified. Colleagues invite in the staff app. ' +
        'If nobody can sign in any more: npm run org -- export, ' +
        'then npm run org -- invite export.json.',
    )
  if (readers > 0 && !(await areAllLost(readers)))
    throw new Stop('A reader who can sign in invites in the staff app. Nothing was written.')
  const text = readFileSync(join(folder, 'root.key'), 'utf8')
  const keys = await openKeyFile(await passphrase(), text)
  const by = await rootSigner(ledger.root, keys.root)
  const { sql, rows, invitation } = await inviteByRoot(by, ledger, nowMs)
  writeFileSync(join(folder, INVITE_FILE), sql, { mode: 0o600 })
  writeFileSync(join(folder, 'invitation.txt'), invitationText(invitation), { mode: 0o600 })
  writeFileSync(join(folder, 'ledger.json'), ledgerFile(rows), { mode: 0o600 })
}

async function ledgerOf(folder: string, exportPath: string | null): Promise<HeldLedger> {
  const root = fromB64(readPublicFile(join(folder, 'public.json')).root)
  if (exportPath !== null) return readExportFile(exportPath, root)
  const rows = readLedgerFile(join(folder, 'ledger.json'))
  const { isWhole, roster } = await replayLedger(rows, root)
  if (!isWhole) throw new Stop(`ledger.json is broken at row ${roster.rows + 1}.`)
  return { rows, roster, root }
}
