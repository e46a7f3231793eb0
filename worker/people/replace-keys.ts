// Replaces the keys of the signed-in person, because somebody else may have the old ones. Until a
// reader confirms the new keys, the person waits without a role or shared keys.
import { sameBytes, type Bytes } from '#protocol/bytes'
import { Refusal } from '#protocol/errors'
import type { Challenge } from '#protocol/staff/people/sign-in'
import type { ReplacedKeys } from '#protocol/staff/people/slots'
import { dayOf } from '#protocol/time'
import type { RelyingParty, StaffDeps } from '#worker/deps'
import { readSignedChange, signerOf } from '#worker/ledger/signed-change'
import { parseB64 } from '#worker/parse'
import { findColleague } from '#worker/store/people/people'
import { replaceKeys } from '#worker/store/people/replace-keys'
import { challengeIdOf, issueChallenge, requireIssued } from '../auth/challenge.ts'
import { checkRegistration, registrationOptions } from '../auth/passkey.ts'
import { requireFreshProof } from '../auth/require-fresh-proof.ts'
import { requireRole } from '../auth/require-role.ts'
import { newSession } from '../auth/session.ts'
import { handleOfNewKeys } from '../auth/user-handle.ts'
import { readFirstSlots } from './check-slot.ts'

/** Issues the challenge for the first passkey. Throws Refusal `not_allowed`, `prove_again`. */
export async function offerNewKeys(deps: StaffDeps, party: RelyingParty): Promise<Challenge> {
  requireRole(deps.actor, 'admin', 'intake', 'caseworker')
  requireFreshProof(deps)
  const { id, signPublic } = deps.actor
  const challenge = await issueChallenge(deps, { newKeysOf: id })
  const handle = await handleOfNewKeys(signPublic)
  return {
    challengeId: challengeIdOf(challenge),
    // The same authenticator may make the new passkey, so that the person does not need another
    // device.
    options: await registrationOptions(party, challenge, handle),
  }
}

/**
 * Stores a person's new keys, ends every earlier session, and deletes every earlier passkey and
 * sheet.
 *
 * @returns the token of the only session, and the id of its person
 * @throws Refusal `not_allowed`, `prove_again`, `challenge_unknown`, `passkey_refused`,
 *   `malformed`, `signature_refused`, `chain_moved`. `last_reader` when no colleague could confirm
 *   the new keys.
 */
export async function replaceOwnKeys(
  deps: StaffDeps,
  party: RelyingParty,
  { passkey, keys, slots, signed }: ReplacedKeys,
): Promise<{ token: Bytes; person: Bytes }> {
  const { actor, db } = deps
  requireRole(actor, 'admin', 'intake', 'caseworker')
  requireFreshProof(deps)
  const { id } = actor
  // The signed row follows one particular head of the ledger and can be stored only once. The
  // challenge therefore does not need a separate row that marks it as used.
  const challenge = await requireIssued(deps, parseB64(passkey.challengeId), { newKeysOf: id })
  const credential = await checkRegistration(party, challenge, passkey.response)
  const { signer, now } = signerOf(deps)
  const { change, entry } = await readSignedChange({ signer, now }, signed, {
    action: 'person.rekey',
    subject: signer.id,
  })
  const made = {
    signPublic: parseB64(keys.signPublic),
    hpkePublic: parseB64(keys.hpkePublic),
    sealedPrivate: parseB64(keys.sealedPrivate),
  }
  const old = await findColleague(db, id)
  const isNew =
    change.signPublic === keys.signPublic &&
    change.hpkePublic === keys.hpkePublic &&
    old !== null &&
    !sameBytes(made.signPublic, old.signPublic) &&
    !sameBytes(made.hpkePublic, old.hpkePublic)
  if (!isNew) throw new Refusal('malformed')
  const userHandle = await handleOfNewKeys(actor.signPublic)
  const session = await newSession(deps, id, 'passkey')
  const isDone = await replaceKeys(
    db,
    id,
    {
      keys: made,
      credential: { ...credential, person: id, userHandle },
      slots: readFirstSlots(slots, credential.id, dayOf(now)),
      session: session.stored,
    },
    entry,
  )
  if (!isDone) throw new Refusal('last_reader')
  return { token: session.token, person: id }
}
