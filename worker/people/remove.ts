// Ends the access of a person who leaves. Also deletes the person's sessions, passkeys, slots and
// sealed keys.
import { sameBytes } from '#protocol/bytes'
import { Refusal } from '#protocol/errors'
import type { SignedChange } from '#protocol/staff/chain'
import { readSignedChange, signerOf } from '#worker/ledger/signed-change'
import type { StaffDeps } from '#worker/deps'
import { deleteColleague, findColleague } from '#worker/store/people/people'
import { parseB64 } from '#worker/parse'
import { requireFreshProof } from '../auth/require-fresh-proof.ts'
import { requireRole } from '../auth/require-role.ts'

/**
 * @throws Refusal `not_allowed`, `prove_again`, `malformed`, `signature_refused`. `person_unknown`
 * when no person has these keys. `last_reader` when nobody could then read reports, `last_keeper`
 * when nobody could then open an epoch.
 */
export async function removePerson(
  deps: StaffDeps,
  id: string,
  signed: SignedChange,
): Promise<void> {
  requireRole(deps.actor, 'admin', 'intake')
  requireFreshProof(deps)
  const { change, entry } = await readSignedChange(signerOf(deps), signed, {
    action: 'person.remove',
    subject: id,
  })
  const person = parseB64(id)
  const found = await findColleague(deps.db, person)
  const isSame =
    found !== null &&
    sameBytes(found.signPublic, parseB64(change.signPublic)) &&
    sameBytes(found.hpkePublic, parseB64(change.hpkePublic))
  if (!isSame) throw new Refusal('person_unknown')
  // Without the last keeper, nobody could open an epoch.
  if (found.isLastKeeper) throw new Refusal('last_keeper')
  if (!(await deleteColleague(deps.db, person, entry))) throw new Refusal('last_reader')
}
