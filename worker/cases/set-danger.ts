// Sets or lifts the danger of a case, with an entry that contains the reason.
import { Refusal } from '#protocol/errors'
import type { NewEntry } from '#protocol/staff/case-log/bodies'
import { readSignedChange, requireHash, signerOf } from '#worker/ledger/signed-change'
import type { StaffDeps } from '#worker/deps'
import { requireCase } from '#worker/auth/require-case'
import { changeDanger } from '#worker/store/cases/entries'
import { findState, hasGrown } from '#worker/store/cases/growth'
import { parseB64 } from '#worker/parse'

/**
 * Throws Refusal `not_allowed`, `malformed`, `signature_refused`, `not_found`. Throws
 * `case_key_changed` for a key other than the one that keyNoInUse selects. Throws `case_merged`
 * when this case has been merged into another case. Throws `report_grew` if the danger is lifted
 * and the person has written since the report was read.
 */
export async function setDanger(deps: StaffDeps, id: string, said: NewEntry): Promise<void> {
  const caseId = await requireCase(deps, id)
  const { change, entry } = await readSignedChange(signerOf(deps), said.signed, {
    action: 'danger.set',
    subject: id,
  })
  const sealed = parseB64(said.sealed)
  await requireHash(sealed, change.entryHash)
  const { danger, keyNo, followUps, absorbed } = change
  const read = followUps === undefined || danger ? null : { followUps, absorbed }
  if (await changeDanger(deps.db, caseId, { danger, keyNo, sealed, read }, entry)) return
  const state = await findState(deps.db, caseId)
  if (!state) throw new Refusal('not_found')
  if (read && hasGrown(state, read) && !state.mergedInto) throw new Refusal('report_grew')
  throw new Refusal(state.mergedInto ? 'case_merged' : 'case_key_changed')
}
