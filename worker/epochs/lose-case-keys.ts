// Records that case keys are lost, because a reader has signed a statement that the keys cannot be
// opened. The generation of the team key that sealed the keys can then be ended. The edge cannot
// tell whether a key can be opened.
import { Refusal } from '#protocol/errors'
import type { SignedChange } from '#protocol/staff/chain'
import { isCounted } from '#protocol/staff/ledger/keys'
import { requireFreshProof } from '#worker/auth/require-fresh-proof'
import { requireRole } from '#worker/auth/require-role'
import type { StaffDeps } from '#worker/deps'
import { readSignedChange, signerOf } from '#worker/ledger/signed-change'
import { parseB64 } from '#worker/parse'
import { noteLost } from '#worker/store/cases/lost-keys'

/**
 * @param subject  number of an older generation, as a string
 * @throws Refusal `not_allowed`, `prove_again`, `signature_refused`. `malformed` for a generation
 *   other than the subject, a key that is listed twice, or a wrong total. `chain_moved`, including
 *   when a key is no longer sealed under the generation, or when the generation is the newest.
 */
export async function loseCaseKeys(
  deps: StaffDeps,
  subject: string,
  signed: SignedChange,
): Promise<void> {
  requireRole(deps.actor, 'intake')
  requireFreshProof(deps)
  const { change, entry } = await readSignedChange(signerOf(deps), signed, {
    action: 'keys.lose',
    subject,
  })
  const { generation } = change
  if (subject !== String(generation) || !isCounted(change)) throw new Refusal('malformed')
  const keys = change.keys.map(({ caseId, keyNo }) => ({ caseId: parseB64(caseId), keyNo }))
  if (!(await noteLost(deps.db, { generation, keys }, entry))) throw new Refusal('chain_moved')
}
