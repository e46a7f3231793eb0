// Saves a case file that the colleague's device sealed. A stale case file is refused and never
// merged.
import { Refusal } from '#protocol/errors'
import { type SignedChange } from '#protocol/staff/chain'
import { CaseChange } from '#protocol/staff/cases'
import { readSignedChange, signerOf } from '#worker/ledger/signed-change'
import type { StaffDeps } from '#worker/deps'
import { requireRole } from '#worker/auth/require-role'
import { findState, updateCaseFile } from '#worker/store/cases'
import { parseB64 } from '#worker/parse'

/**
 * Throws Refusal `not_allowed`, `malformed`, `signature_refused`, `not_found`; `case_changed` for a
 * stale revision.
 */
export async function saveCaseFile(
  deps: StaffDeps,
  id: string,
  signed: SignedChange,
): Promise<void> {
  requireRole(deps.actor, 'intake')
  const { change, entry } = await readSignedChange(signerOf(deps), signed, {
    action: 'case.save',
    subject: id,
    change: CaseChange,
  })
  const report = parseB64(id)
  const caseFile = { revision: change.revision, sealed: parseB64(change.sealed) }
  if (await updateCaseFile(deps.db, report, caseFile, entry)) return
  throw new Refusal((await findState(deps.db, report)) === null ? 'not_found' : 'case_changed')
}
