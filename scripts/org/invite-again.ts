// Makes another first invitation when the first one expired before anybody joined. The root signs
// the row, which must follow the rows of ledger.json.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fromB64, toB64 } from '#protocol/bytes'
import { rowHash } from '#protocol/staff/chain'
import { replayLedger } from '#protocol/staff/roster'
import { openKeyFile } from '#scripts/org/key-file'
import { rootSigner } from '#scripts/org/ledger-draft'
import { ledgerFile, readLedgerFile } from '#scripts/org/ledger-file'
import { invitationRow } from '#scripts/org/organisation'
import { readPublicFile } from '#scripts/org/public-file'
import { invitationSql } from '#scripts/org/publish'
import { invitationText } from '#scripts/org/write'
import { Stop } from '#scripts/shared/progress'
import { signChange } from '#site/staff/crypto/sign-change.ts'
import { makeInvitation } from '#site/staff/crypto/invite.ts'

/** The SQL of the new row and invitation. */
export const INVITE_FILE = 'invite.sql'

/**
 * Writes invitation.txt and INVITE_FILE, and adds the row to ledger.json.
 *
 * @param folder  the organisation's folder, with root.key
 * @throws Stop when somebody is certified, or a file does not fit
 */
export async function inviteAgain(
  folder: string,
  askPassphrase: () => Promise<string>,
  nowMs: number,
): Promise<void> {
  const root = fromB64(readPublicFile(join(folder, 'public.json')).root)
  const ledgerPath = join(folder, 'ledger.json')
  const rows = readLedgerFile(ledgerPath)
  const { isWhole, roster } = await replayLedger(rows, root)
  if (!isWhole) throw new Stop(`ledger.json is broken at row ${roster.rows + 1}.`)
  if (roster.people.size > 0)
    throw new Stop('The first member is certified. Colleagues invite in the staff app now.')
  const text = readFileSync(join(folder, 'root.key'), 'utf8')
  const keys = await openKeyFile(await askPassphrase(), text)
  const by = await rootSigner(root, keys.root)
  const invitation = await makeInvitation(['admin', 'intake'], nowMs)
  const prevHash = roster.head
  const place = { prev: toB64(prevHash), nowMs }
  const signed = await signChange(by, invitationRow(invitation.change), place)
  const hash = await rowHash(prevHash, { ...signed, signature: fromB64(signed.signature) })
  if (!(await replayLedger([...rows, signed], root)).isWhole)
    throw new Stop('root.key and public.json are of two organisations. Nothing was written.')
  const row = { ...signed, prevHash, hash, actor: by.personId }
  const sql = invitationSql(row, rows.length + 1, invitation.change)
  writeFileSync(join(folder, INVITE_FILE), sql, { mode: 0o600 })
  writeFileSync(join(folder, 'invitation.txt'), invitationText(invitation), { mode: 0o600 })
  writeFileSync(ledgerPath, ledgerFile([...rows, signed]), { mode: 0o600 })
}
