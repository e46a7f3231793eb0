// Stores a signed discard, withdraws a discard, and lists the newest discards. The clock carries
// out a discard an hour later, so that any intake colleague can withdraw it.
import { Refusal } from '#protocol/errors'
import type { SignedChange } from '#protocol/staff/chain'
import { DISCARD_DELAY_MS, type Discards } from '#protocol/staff/list/discard'
import { readSignedChange, signerOf } from '#worker/ledger/signed-change'
import type { StaffDeps } from '#worker/deps'
import { requireFreshProof } from '#worker/auth/require-fresh-proof'
import { requireRole } from '#worker/auth/require-role'
import { parseB64 } from '#worker/parse'
import { ID_BYTES } from '#protocol/limits'
import {
  hasDiscard,
  insertDiscard,
  isDiscardOpen,
  listDiscards,
  withdrawDiscard,
} from '#worker/store/reports/discards'
import { requireEndedDays } from './preview-discard.ts'

/**
 * @param id  id of the discard, drawn at random by its author
 * @throws Refusal `not_allowed`, `prove_again`, `malformed` or `signature_refused`
 * @throws Refusal `discard_open` while a discard is open, or when the id has already been used
 * @throws Refusal `discard_grew` when more reports match than the author has confirmed
 */
export async function signDiscard(
  deps: StaffDeps,
  id: string,
  signed: SignedChange,
): Promise<void> {
  requireRole(deps.actor, 'intake')
  requireFreshProof(deps)
  const { change, entry } = await readSignedChange(signerOf(deps), signed, {
    action: 'reports.discard',
    subject: id,
  })
  requireEndedDays(change, deps.now())
  const discard = {
    id: discardId(id),
    actor: deps.actor.id,
    text: signed.change,
    change,
    dueAt: deps.now() + DISCARD_DELAY_MS,
  }
  if (await insertDiscard(deps.db, discard, entry)) return
  const isTaken = await isDiscardOpen(deps.db, discard.id)
  throw new Refusal(isTaken ? 'discard_open' : 'discard_grew')
}

/** @throws Refusal `not_allowed`, `malformed`, `signature_refused`, `not_found`, `discard_ended` */
export async function endDiscard(deps: StaffDeps, id: string, signed: SignedChange): Promise<void> {
  requireRole(deps.actor, 'intake')
  const { change, entry } = await readSignedChange(signerOf(deps), signed, {
    action: 'discard.withdraw',
    subject: id,
  })
  if (change.discard !== id) throw new Refusal('malformed')
  const discard = discardId(id)
  const by = { by: deps.actor.id, now: deps.now() }
  if (await withdrawDiscard(deps.db, discard, by, entry)) return
  throw new Refusal((await hasDiscard(deps.db, discard)) ? 'discard_ended' : 'not_found')
}

function discardId(text: string) {
  const id = parseB64(text)
  if (id.length !== ID_BYTES) throw new Refusal('malformed')
  return id
}

/** @throws Refusal `not_allowed` */
export async function readDiscards(deps: StaffDeps): Promise<Discards> {
  requireRole(deps.actor, 'intake')
  return { discards: await listDiscards(deps.db) }
}
