// Moves a report from one status to another. Two colleagues at once do not overwrite each other. A
// change is refused while the colleague has not read all words of the person.
import { Refusal } from '#protocol/errors'
import { type SignedChange } from '#protocol/staff/chain'
import { StatusChange } from '#protocol/staff/case-changes'
import { readSignedChange, signerOf } from '#worker/ledger/signed-change'
import type { StaffDeps } from '#worker/deps'
import { requireRole } from '#worker/auth/require-role'
import { changeStatus, findState } from '#worker/store/cases'
import { parseB64 } from '#worker/parse'

/**
 * @throws Refusal `not_allowed`, `malformed`, `signature_refused`, `not_found`. `report_grew` when
 *   the person wrote since the report was read. `status_changed` when the status is no longer
 *   `from`.
 */
export async function setStatus(deps: StaffDeps, id: string, signed: SignedChange): Promise<void> {
  requireRole(deps.actor, 'intake')
  const { change, entry } = await readSignedChange(signerOf(deps), signed, {
    action: 'status.set',
    subject: id,
    change: StatusChange,
  })
  if (change.from === change.to) throw new Refusal('malformed')
  const report = parseB64(id)
  if (await changeStatus(deps.db, report, change, entry)) return

  const state = await findState(deps.db, report)
  if (!state) throw new Refusal('not_found')
  throw new Refusal(state.followUps === change.followUps ? 'status_changed' : 'report_grew')
}
