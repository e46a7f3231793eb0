// Stores an entry of a case, such as a note, which the colleague's device sealed. Entries never
// change, so that two colleagues at once both keep theirs.
import { Refusal } from '#protocol/errors'
import { EntryAdd, type NewEntry } from '#protocol/staff/case-changes'
import { readSignedChange, requireHash, signerOf } from '#worker/ledger/signed-change'
import type { StaffDeps } from '#worker/deps'
import { requireRole } from '#worker/auth/require-role'
import { findState, insertEntry } from '#worker/store/cases'
import { parseB64 } from '#worker/parse'

/**
 * Throws Refusal `not_allowed`, `malformed`, `signature_refused`, `not_found`. Throws
 * `case_key_changed` for another key than keyNoInUse selects.
 */
export async function addEntry(deps: StaffDeps, id: string, added: NewEntry): Promise<void> {
  requireRole(deps.actor, 'intake')
  const { change, entry } = await readSignedChange(signerOf(deps), added.signed, {
    action: 'entry.add',
    subject: id,
    change: EntryAdd,
  })
  const sealed = parseB64(added.sealed)
  await requireHash(sealed, change.entryHash)
  const caseId = parseB64(id)
  if (await insertEntry(deps.db, caseId, { keyNo: change.keyNo, sealed }, entry)) return
  throw new Refusal((await findState(deps.db, caseId)) ? 'case_key_changed' : 'not_found')
}
