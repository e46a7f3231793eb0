// Stores the statement of a keeper that the ledger goes on after a restore.
import { fromB64, sameBytes } from '#protocol/bytes'
import { Refusal } from '#protocol/errors'
import { CLOCK_MS, type SignedChange } from '#protocol/staff/chain'
import { KeeperCertify, LedgerRestart } from '#protocol/staff/ledger-keys'
import { dayNumber } from '#protocol/time'
import { requireRole } from '#worker/auth/require-role'
import type { StaffDeps } from '#worker/deps'
import { parseJson } from '#worker/parse'
import { changeWithRow, newestChange } from '#worker/store/chains'
import { readSignedChange, signerOf } from './signed-change.ts'

/** @throws Refusal `not_allowed`, `malformed`, `signature_refused`, `chain_moved` */
export async function restartLedger(deps: StaffDeps, signed: SignedChange): Promise<void> {
  requireRole(deps.actor, 'intake')
  const { signer, now } = signerOf(deps)
  const { entry } = await readSignedChange({ signer, now }, signed, {
    action: 'ledger.restart',
    subject: signer.id,
    change: LedgerRestart,
  })
  if (!(await isKeeper(deps, signer.id))) throw new Refusal('not_allowed')
  await changeWithRow(deps.db, entry, [])
}

/** The ledger may hold only rows that browsers accept: see keeperKey in the roster's rules. */
async function isKeeper({ db, actor, now }: StaffDeps, id: string): Promise<boolean> {
  const change = await newestChange(db, 'keeper.certify', id)
  if (change === null) return false
  const { signPublic, lastDay } = parseJson(KeeperCertify, change)
  return sameBytes(fromB64(signPublic), actor.signPublic) && dayNumber(now() + CLOCK_MS) <= lastDay
}
