// Moves a report from one status to another. Two colleagues who move it at once do not overwrite each other.
import { Refusal } from '#protocol/errors'
import { StatusChange, type SignedChange } from '#protocol/staff'
import { readSignedChange } from '#worker/audit/signed-change'
import type { StaffDeps } from '#worker/deps'
import { requireRole } from '#worker/people/require-role'
import { changeStatus, findAnswerable } from '#worker/store/changes'
import { bytesOf } from '#worker/wire'

/** Throws Refusal `not_allowed`, `malformed`, `signature_refused`, `not_found`; `status_changed` when it is no longer `from`. */
export async function setStatus(deps: StaffDeps, id: string, signed: SignedChange): Promise<void> {
  requireRole(deps.actor, 'intake')
  const { change, entry } = await readSignedChange(deps, signed, {
    action: 'status.set',
    subject: id,
    change: StatusChange,
  })
  if (change.from === change.to) throw new Refusal('malformed')
  const report = bytesOf(id)
  if (await changeStatus(deps.db, report, change, entry)) return
  throw new Refusal(
    (await findAnswerable(deps.db, report)) === null ? 'not_found' : 'status_changed',
  )
}
