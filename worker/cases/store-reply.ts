// Stores a reply, sealed on the colleague's device, at an index of the reporter's thread.
import { dayOf } from '#protocol/time'
import { Refusal } from '#protocol/errors'
import { ReplyChange, type NewReply } from '#protocol/staff/case-changes'
import { readSignedChange, requireHash, signerOf } from '#worker/ledger/signed-change'
import type { StaffDeps } from '#worker/deps'
import { requireRole } from '#worker/auth/require-role'
import { findState, insertReply } from '#worker/store/cases'
import { parseB64 } from '#worker/parse'

/**
 * @throws Refusal `not_allowed`, `malformed`, `signature_refused`, `not_found`. `no_return_number`
 *   when the number has ended. `report_grew` when the person wrote since the report was read.
 *   `slot_taken`.
 */
export async function storeReply(deps: StaffDeps, id: string, reply: NewReply): Promise<void> {
  requireRole(deps.actor, 'intake')
  const { change, entry } = await readSignedChange(signerOf(deps), reply.signed, {
    action: 'answer.send',
    subject: id,
    change: ReplyChange,
  })
  const sealed = parseB64(reply.sealed)
  await requireHash(sealed, change.sealedHash)
  const report = parseB64(id)
  const { slot, followUps } = change
  const answer = { slot, followUps, day: dayOf(deps.now()), sealed }
  if (await insertReply(deps.db, report, answer, entry)) return

  const state = await findState(deps.db, report)
  if (!state) throw new Refusal('not_found')
  if (!state.answerable) throw new Refusal('no_return_number')
  throw new Refusal(state.followUps === followUps ? 'slot_taken' : 'report_grew')
}
