// Stores an entry of a case, such as a note, which the colleague's device sealed. Entries never
// change, so if two colleagues write at the same time, both entries are kept.
import { Refusal } from '#protocol/errors'
import { type NewEntry } from '#protocol/staff/case-log/bodies'
import { readSignedChange, requireHash, signerOf } from '#worker/ledger/signed-change'
import type { StaffDeps } from '#worker/deps'
import { requireCase } from '#worker/auth/require-case'
import { findState } from '#worker/store/cases/growth'
import { insertEntry } from '#worker/store/cases/entries'
import { parseB64 } from '#worker/parse'

/**
 * Throws Refusal `not_allowed`, `malformed`, `signature_refused`, `not_found`. Throws
 * `case_key_changed` for a key other than the one that keyNoInUse selects. Throws `case_merged`
 * when this case has been merged into another case.
 */
export async function addEntry(deps: StaffDeps, id: string, added: NewEntry): Promise<void> {
  const caseId = await requireCase(deps, id)
  const { change, entry } = await readSignedChange(signerOf(deps), added.signed, {
    action: 'entry.add',
    subject: id,
  })
  const sealed = parseB64(added.sealed)
  await requireHash(sealed, change.entryHash)
  const { keyNo, dueDay } = change
  if (await insertEntry(deps.db, caseId, { keyNo, sealed, dueDay }, entry)) return
  const state = await findState(deps.db, caseId)
  if (!state) throw new Refusal('not_found')
  throw new Refusal(state.mergedInto ? 'case_merged' : 'case_key_changed')
}
