// Recovers an organisation at the terminal, with the same steps as the recovery page. Two shares
// open the root, which invites a new reader and then certifies that reader.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { ledgerFile, readJsonFile } from '#scripts/org/files/ledger-file'
import { openByShares, type RecoveryQuestions } from '#scripts/org/recovery/open-by-shares'
import { invitationText } from '#scripts/org/write'
import { RecoveryFault } from '#site/staff/ledger/recovery-fault.ts'
import { certifyNewcomer } from '#site/staff/recovery/certify-newcomer.ts'
import { JoinRequest, newcomerOf } from '#site/staff/recovery/join-request.ts'
import { INVITE_FILE, inviteByRoot } from '#site/staff/recovery/root-rows.ts'

/**
 * Writes INVITE_FILE, invitation.txt and ledger.json.
 *
 * @throws RecoveryFault or Stop; then nothing is written
 */
export async function inviteByShares(
  folder: string,
  exportPath: string,
  questions: RecoveryQuestions,
  nowMs: number,
): Promise<void> {
  const { file, by, keys } = await openByShares(folder, exportPath, questions)
  keys.wipe()
  const { sql, rows, invitation } = await inviteByRoot(by, file, nowMs)
  writeFileSync(join(folder, INVITE_FILE), sql, { mode: 0o600 })
  writeFileSync(join(folder, 'invitation.txt'), invitationText(invitation), { mode: 0o600 })
  writeFileSync(join(folder, 'ledger.json'), ledgerFile(rows), { mode: 0o600 })
}

/**
 * Writes certificate.json for the newcomer who made the request, and writes ledger.json.
 *
 * @returns the path of the certificate
 * @throws RecoveryFault or Stop; then nothing is written
 */
export async function certifyByShares(
  folder: string,
  exportPath: string,
  request: string,
  questions: RecoveryQuestions,
  nowMs: number,
): Promise<string> {
  const asked = readJsonFile(request, JoinRequest)
  const { file, by, keys } = await openByShares(folder, exportPath, questions)
  try {
    const newcomer = await newcomerOf(asked, file.rows, file.root)
    if (!(await questions.compareDigits(newcomer.digits))) throw new RecoveryFault('digits_differ')
    const { certificate, ledger } = await certifyNewcomer(by, newcomer, file.root, keys, nowMs)
    const path = join(folder, 'certificate.json')
    writeFileSync(path, `${JSON.stringify(certificate, null, 2)}\n`, { mode: 0o600 })
    writeFileSync(join(folder, 'ledger.json'), ledgerFile(ledger.rows), { mode: 0o600 })
    return path
  } finally {
    keys.wipe()
  }
}
