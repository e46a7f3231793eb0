// Stores the next key of a case, which the colleague's device made and sealed. The share comes
// first: a share without a key does no harm, and a key without its share opens nothing.
import { sameBytes } from '#protocol/bytes'
import { Refusal } from '#protocol/errors'
import { KeyMake } from '#protocol/staff/case-changes'
import { type NewCaseKey } from '#protocol/staff/case-bodies'
import type { StaffDeps } from '#worker/deps'
import { requireRole } from '#worker/auth/require-role'
import { readSignedChange, signerOf } from '#worker/ledger/signed-change'
import { parseB64 } from '#worker/parse'
import { hasCaseworker } from '#worker/store/assignments'
import { insertCaseKey } from '#worker/store/case-keys'
import { findState } from '#worker/store/case-growth'
import { keepShare } from '#worker/store/shares'

/**
 * @throws Refusal `not_allowed`, `malformed`, `signature_refused`, `not_found`
 * @throws Refusal `case_key_changed` for a different share, a different key number or a wrong
 * generation. The same code when the caseworker's copy is missing, or when a copy comes that nobody
 *   needs. `case_merged` when another case goes on for this one.
 */
export async function acceptCaseKey(deps: StaffDeps, id: string, made: NewCaseKey): Promise<void> {
  requireRole(deps.actor, 'intake')
  const { change, entry } = await readSignedChange(signerOf(deps), made.signed, {
    action: 'key.make',
    subject: id,
    change: KeyMake,
  })
  const caseId = parseB64(id)
  const [sealed, share] = [parseB64(made.sealed), parseB64(made.share)]
  const state = await findState(deps.db, caseId)
  if (!state) throw new Refusal('not_found')
  if (state.mergedInto) throw new Refusal('case_merged')
  // Without a copy, the caseworker could not read what is written under the key.
  const hasGrant = made.grant !== undefined
  if (hasGrant !== (await hasCaseworker(deps.db, caseId))) throw new Refusal('case_key_changed')
  const kept = await keepShare(deps.bucket, caseId, share)
  if (!kept || !sameBytes(kept, share)) throw new Refusal('case_key_changed')
  const grant = made.grant === undefined ? null : parseB64(made.grant)
  if (await insertCaseKey(deps.db, { caseId, ...change, sealed, grant }, entry)) return
  throw new Refusal('case_key_changed')
}
