// Gives a case back, without a reason. Nobody then has the case, and it waits for the staff again.
import { Refusal } from '#protocol/errors'
import type { SignedChange } from '#protocol/staff/chain'
import { dayOf } from '#protocol/time'
import { requireCase } from '#worker/auth/require-case'
import type { StaffDeps } from '#worker/deps'
import { readSignedChange, signerOf } from '#worker/ledger/signed-change'
import { returnStored } from '#worker/store/cases/assignments'
import { findState } from '#worker/store/cases/growth'

/**
 * @throws Refusal `not_allowed`, `malformed`, `signature_refused`, `not_found`. `case_merged` when
 *   this case has been merged into another case. `assignee_changed` unless the actor has the case.
 */
export async function returnCase(deps: StaffDeps, id: string, signed: SignedChange): Promise<void> {
  const caseId = await requireCase(deps, id)
  const { entry } = await readSignedChange(signerOf(deps), signed, {
    action: 'case.return',
    subject: id,
  })
  if (await returnStored(deps.db, caseId, dayOf(deps.now()), entry)) return
  const state = await findState(deps.db, caseId)
  if (!state) throw new Refusal('not_found')
  throw new Refusal(state.mergedInto ? 'case_merged' : 'assignee_changed')
}
