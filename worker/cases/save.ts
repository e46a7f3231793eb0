// Saves a case file, sealed on the colleague's device. A stale one is refused and never merged silently.
import { Refusal } from '#protocol/errors'
import { CaseChange, type SignedChange } from '#protocol/staff'
import { readSignedChange } from '#worker/audit/signed-change'
import type { StaffDeps } from '#worker/deps'
import { requireRole } from '#worker/people/require-role'
import { findAnswerable, saveCaseFile } from '#worker/store/changes'
import { bytesOf } from '#worker/wire'

/** Throws Refusal `not_allowed`, `malformed`, `signature_refused`, `not_found`; `case_changed` for a stale revision. */
export async function saveCase(deps: StaffDeps, id: string, signed: SignedChange): Promise<void> {
  requireRole(deps.actor, 'intake')
  const { change, entry } = await readSignedChange(deps, signed, {
    action: 'case.save',
    subject: id,
    change: CaseChange,
  })
  const report = bytesOf(id)
  const caseFile = { revision: change.revision, sealed: bytesOf(change.sealed) }
  if (await saveCaseFile(deps.db, report, caseFile, entry)) return
  throw new Refusal((await findAnswerable(deps.db, report)) === null ? 'not_found' : 'case_changed')
}
