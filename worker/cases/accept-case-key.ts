// Stores the next key of a case, made and sealed by the colleague's device. The secret is stored
// first. A secret without its key does no harm, but a key without its secret is useless.
import { sameBytes } from '#protocol/bytes'
import { Refusal } from '#protocol/errors'
import { type NewCaseKey } from '#protocol/staff/case-log/bodies'
import type { StaffDeps } from '#worker/deps'
import { requireRole } from '#worker/auth/require-role'
import { readSignedChange, signerOf } from '#worker/ledger/signed-change'
import { parseB64 } from '#worker/parse'
import { hasCaseworker } from '#worker/store/cases/assignments'
import { insertCaseKey } from '#worker/store/cases/keys'
import { findState } from '#worker/store/cases/growth'
import { keepCaseSecret } from '#worker/store/cases/secrets'

/**
 * @throws Refusal `not_allowed`, `malformed`, `signature_refused`, `not_found`
 * @throws Refusal `case_key_changed` for a different secret, a different key number or a wrong
 *   generation. Also `case_key_changed` if a caseworker has the case and a copy is missing, or if a
 *   copy is not needed. `case_merged` when this case has been merged into another case.
 */
export async function acceptCaseKey(deps: StaffDeps, id: string, made: NewCaseKey): Promise<void> {
  requireRole(deps.actor, 'intake')
  const { change, entry } = await readSignedChange(signerOf(deps), made.signed, {
    action: 'key.make',
    subject: id,
  })
  const caseId = parseB64(id)
  const [sealed, secret] = [parseB64(made.sealed), parseB64(made.secret)]
  const state = await findState(deps.db, caseId)
  if (!state) throw new Refusal('not_found')
  if (state.mergedInto) throw new Refusal('case_merged')
  // Without a copy, the caseworker could not read words that are sealed under this key.
  const hasGrant = made.grant !== undefined
  if (hasGrant !== (await hasCaseworker(deps.db, caseId))) throw new Refusal('case_key_changed')
  const kept = await keepCaseSecret(deps.bucket, caseId, secret)
  if (!kept || !sameBytes(kept, secret)) throw new Refusal('case_key_changed')
  const grant = made.grant === undefined ? null : parseB64(made.grant)
  if (await insertCaseKey(deps.db, { caseId, ...change, sealed, grant }, entry)) return
  throw new Refusal('case_key_changed')
}
