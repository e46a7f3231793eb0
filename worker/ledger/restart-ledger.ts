// Stores a keeper's statement that the ledger continues after a restore.
import type { SignedChange } from '#protocol/staff/chain'
import { dayNumber } from '#protocol/time'
import { requireFreshProof } from '#worker/auth/require-fresh-proof'
import { requireKeeper } from '#worker/auth/require-keeper'
import type { StaffDeps } from '#worker/deps'
import { changeWithRow } from '#worker/store/ledger/chains'
import { readSignedChange, signerOf } from './signed-change.ts'

/** @throws Refusal `not_allowed`, `prove_again`, `malformed`, `signature_refused`, `chain_moved` */
export async function restartLedger(deps: StaffDeps, signed: SignedChange): Promise<void> {
  const { signer, now } = signerOf(deps)
  const { entry, at } = await readSignedChange({ signer, now }, signed, {
    action: 'ledger.restart',
    subject: signer.id,
  })
  requireKeeper(deps, dayNumber(Date.parse(at)))
  requireFreshProof(deps)
  await changeWithRow(deps.db, entry, [])
}
