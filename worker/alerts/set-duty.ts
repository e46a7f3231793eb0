// Stores the rota that an admin signed, and the quiet hours that a person signed.
import type { SignedChange } from '#protocol/staff/chain'
import { requireRole } from '#worker/auth/require-role'
import type { StaffDeps } from '#worker/deps'
import { readSignedChange, signerOf } from '#worker/ledger/signed-change'
import { storeQuiet, storeRota } from '#worker/store/calls/call-list'

/** @throws Refusal `not_allowed`, `malformed`, `signature_refused`, `chain_moved` */
export async function setRota(deps: StaffDeps, signed: SignedChange): Promise<void> {
  requireRole(deps.actor, 'admin')
  const { signer, now } = signerOf(deps)
  const { entry } = await readSignedChange({ signer, now }, signed, {
    action: 'rota.set',
    subject: signer.id,
  })
  await storeRota(deps.db, signed.change, entry)
}

/** @throws Refusal `not_allowed`, `malformed`, `signature_refused`, `chain_moved` */
export async function setQuiet(deps: StaffDeps, signed: SignedChange): Promise<void> {
  requireRole(deps.actor, 'admin', 'intake')
  const { signer, now } = signerOf(deps)
  const { entry } = await readSignedChange({ signer, now }, signed, {
    action: 'quiet.set',
    subject: signer.id,
  })
  await storeQuiet(deps.db, deps.actor.id, signed.change, entry)
}
