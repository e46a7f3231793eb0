// Stores a record of a case: the summary, or a person. A record is always replaced as a whole. An
// outdated write is refused, and the colleague merges the two versions by hand.
import { Refusal } from '#protocol/errors'
import type { NewRecord } from '#protocol/staff/case-log/bodies'
import type { StaffDeps } from '#worker/deps'
import { requireCase } from '#worker/auth/require-case'
import { readSignedChange, requireHash, signerOf } from '#worker/ledger/signed-change'
import { parseB64 } from '#worker/parse'
import { findRevision, storeRecord } from '#worker/store/cases/records'
import { findState } from '#worker/store/cases/growth'

/**
 * @throws Refusal `not_allowed`, `malformed`, `signature_refused`, `not_found`. `record_changed`
 *   when a colleague has already stored this revision. `case_key_changed` for a key other than the
 *   one that keyNoInUse selects. `case_merged` when this case has been merged into another case.
 */
export async function setRecord(deps: StaffDeps, id: string, made: NewRecord): Promise<void> {
  const caseId = await requireCase(deps, id)
  const { change, entry } = await readSignedChange(signerOf(deps), made.signed, {
    action: 'record.set',
    subject: id,
  })
  const sealed = parseB64(made.sealed)
  await requireHash(sealed, change.recordHash)
  if (await storeRecord(deps.db, caseId, { ...change, sealed }, entry)) return
  const state = await findState(deps.db, caseId)
  if (!state) throw new Refusal('not_found')
  if (state.mergedInto) throw new Refusal('case_merged')
  const stored = await findRevision(deps.db, caseId, change.record)
  throw new Refusal(stored === change.revision - 1 ? 'case_key_changed' : 'record_changed')
}
