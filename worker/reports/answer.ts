// Puts an answer, sealed on the colleague's device, into a slot of the reporter's number.
import { Refusal } from '#protocol/errors'
import { dayOf } from '#protocol/report'
import { AnswerChange, type SignedChange } from '#protocol/staff'
import { readSignedChange } from '#worker/audit/signed-change'
import type { StaffDeps } from '#worker/deps'
import { requireRole } from '#worker/people/require-role'
import { findAnswerable, insertAnswer } from '#worker/store/changes'
import { bytesOf } from '#worker/wire'

/**
 * @throws Refusal `not_allowed`, `malformed`, `signature_refused`, `not_found`; `no_return_number` when the number is dead;
 *   `slot_taken`
 */
export async function answerReporter(
  deps: StaffDeps,
  id: string,
  signed: SignedChange,
): Promise<void> {
  requireRole(deps.actor, 'intake')
  const { change, entry } = await readSignedChange(deps, signed, {
    action: 'answer.send',
    subject: id,
    change: AnswerChange,
  })
  const report = bytesOf(id)
  const answer = { slot: change.slot, day: dayOf(deps.now()), sealed: bytesOf(change.sealed) }
  if (await insertAnswer(deps.db, report, answer, entry)) return

  const answerable = await findAnswerable(deps.db, report)
  if (answerable === null) throw new Refusal('not_found')
  throw new Refusal(answerable ? 'slot_taken' : 'no_return_number')
}
