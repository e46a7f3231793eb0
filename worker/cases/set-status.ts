// Moves a report from one status to another. Two colleagues who act at the same time do not
// overwrite each other's changes. A change is refused while the colleague has not read all of the
// person's words. A colleague who is given a case in progress takes it with a change that keeps
// this status.
import { Refusal } from '#protocol/errors'
import { type SignedChange } from '#protocol/staff/chain'
import type { StatusChange } from '#protocol/staff/case-log/changes'
import { readSignedChange, signerOf } from '#worker/ledger/signed-change'
import type { StaffDeps } from '#worker/deps'
import { requireCase } from '#worker/auth/require-case'
import { changeStatus, type StatusStep } from '#worker/store/cases/status'
import { findState, hasGrown } from '#worker/store/cases/growth'

/**
 * @throws Refusal `not_allowed`, `malformed`, `signature_refused`, `not_found`. `report_grew` when
 *   the person has written, or another case has been merged in, since the report was read.
 *   `status_changed` when the status is not `from`, or when the case was not given to the actor who
 *   takes it. `case_merged` when this case has been merged into another case.
 */
export async function setStatus(deps: StaffDeps, id: string, signed: SignedChange): Promise<void> {
  const caseId = await requireCase(deps, id)
  const { change, entry } = await readSignedChange(signerOf(deps), signed, {
    action: 'status.set',
    subject: id,
  })
  const isTaking = change.from === 'in_progress' && change.to === 'in_progress'
  const step = isTaking ? requireReason(change) : requireStatusStep(change)
  if (await changeStatus(deps.db, caseId, step, entry)) return

  const state = await findState(deps.db, caseId)
  if (!state) throw new Refusal('not_found')
  if (state.mergedInto) throw new Refusal('case_merged')
  throw new Refusal(hasGrown(state, change) ? 'report_grew' : 'status_changed')
}

/**
 * Requires a different status, and a reason if and only if the status is `closed`.
 *
 * @throws Refusal `malformed`
 */
export function requireStatusStep(change: StatusChange): StatusStep {
  if (change.from === change.to) throw new Refusal('malformed')
  return requireReason(change)
}

function requireReason(change: StatusChange): StatusStep {
  const { from, to, followUps, absorbed, reason = null } = change
  const hasItsReason = (to === 'closed') === (reason !== null) && reason !== 'merged'
  if (!hasItsReason) throw new Refusal('malformed')
  return { from, to, followUps, absorbed, reason }
}
