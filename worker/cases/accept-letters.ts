// Takes letters into a case. Stores the letters' sealed content keys, and removes the wraps from
// the stored envelopes.
import { toB64 } from '#protocol/bytes'
import { Refusal } from '#protocol/errors'
import { contentHashOf } from '#protocol/report/letter-content'
import { type NewTaking } from '#protocol/staff/case-log/bodies'
import type { StaffDeps } from '#worker/deps'
import { requireRole } from '#worker/auth/require-role'
import { readSignedChange, signerOf } from '#worker/ledger/signed-change'
import { parseB64 } from '#worker/parse'
import { findLetters, takeStored } from '#worker/store/cases/letters'
import { findState } from '#worker/store/cases/growth'

/**
 * @throws Refusal `not_allowed`; `malformed`, including for a hash that does not match the stored
 *   letter
 * @throws Refusal `signature_refused`; `not_found` for a letter that is not in any thread of the
 *   case
 * @throws Refusal `case_merged` when this case has been merged into another case
 * @throws Refusal `case_key_changed` for a letter that is already in a case
 * @throws Refusal `case_key_changed` for a key other than the one that keyNoInUse selects
 */
export async function acceptLetters(deps: StaffDeps, id: string, taking: NewTaking): Promise<void> {
  requireRole(deps.actor, 'intake')
  const { change, entry } = await readSignedChange(signerOf(deps), taking.signed, {
    action: 'letters.take',
    subject: id,
  })
  const hashes = new Map(change.letters.map((letter) => [letter.id, letter.contentHash]))
  if (hashes.size !== change.letters.length || hashes.size !== taking.sealed.length)
    throw new Refusal('malformed')
  const caseId = parseB64(id)
  const letters = change.letters.map((letter, at) => ({
    id: parseB64(letter.id),
    sealedCek: parseB64(taking.sealed[at] ?? ''),
  }))
  const stored = await findLetters(
    deps.db,
    caseId,
    letters.map((letter) => letter.id),
  )
  if (stored.length !== letters.length) throw new Refusal('not_found')
  for (const letter of stored)
    if (hashes.get(toB64(letter.id)) !== toB64(await contentHashOf(letter.envelope)))
      throw new Refusal('malformed')
  if (await takeStored(deps.db, caseId, { keyNo: change.keyNo, letters }, entry)) return
  const isMerged = (await findState(deps.db, caseId))?.mergedInto
  throw new Refusal(isMerged ? 'case_merged' : 'case_key_changed')
}
