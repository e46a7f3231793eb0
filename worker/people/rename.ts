// Changes the name of the signed-in person. The person signs the hash of the new name, so that the
// server cannot rename a person.
import { Refusal } from '#protocol/errors'
import type { NewName } from '#protocol/staff/people/people'
import { nameHashOf, type SaltedName } from '#protocol/staff/people/person-name'
import type { StaffDeps } from '#worker/deps'
import { readSignedChange, signerOf } from '#worker/ledger/signed-change'
import { parseB64 } from '#worker/parse'
import { setName } from '#worker/store/people/people'
import { requireFreshProof } from '../auth/require-fresh-proof.ts'
import { requireRole } from '../auth/require-role.ts'

/** @throws Refusal `malformed` unless the signed hash is the hash of the accompanying name */
export async function requireNameHash(nameHash: string, named: SaltedName): Promise<void> {
  if (nameHash !== (await nameHashOf(named))) throw new Refusal('malformed')
}

/**
 * @throws Refusal `not_allowed`, `prove_again`, `malformed`, `signature_refused`, `chain_moved`.
 *   `person_unknown` for a person who lost their role during the request.
 */
export async function renamePerson(
  deps: StaffDeps,
  { name, salt, signed }: NewName,
): Promise<void> {
  requireRole(deps.actor, 'admin', 'intake', 'caseworker')
  requireFreshProof(deps)
  const { signer, now } = signerOf(deps)
  const { change, entry } = await readSignedChange({ signer, now }, signed, {
    action: 'person.rename',
    subject: signer.id,
  })
  await requireNameHash(change.nameHash, { name, salt })
  if (!(await setName(deps.db, deps.actor.id, { name, salt: parseB64(salt) }, entry)))
    throw new Refusal('person_unknown')
}
