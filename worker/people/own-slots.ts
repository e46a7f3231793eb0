// Adds, renames and removes the signed-in person's slots. A person without a role may do this too.
// Every person keeps at least two slots, including a sheet, so that a lost phone does not lock them
// out.
import { toB64 } from '#protocol/bytes'
import { Refusal } from '#protocol/errors'
import { dayOf } from '#protocol/time'
import type { Challenge } from '#protocol/staff/people/sign-in'
import { MAX_OWN_SLOTS, type AddedSlot } from '#protocol/staff/people/slots'
import type { RelyingParty, StaffDeps } from '#worker/deps'
import { parseB64 } from '#worker/parse'
import { addSlot, deleteSlot, findSlot, renameSlot } from '#worker/store/people/slots'
import { deleteSignInOnly, listCredentialIds } from '#worker/store/people/credentials'
import { challengeIdOf, issueChallenge, requireIssued } from '../auth/challenge.ts'
import { checkRegistration, registrationOptions } from '../auth/passkey.ts'
import { requireFreshProof } from '../auth/require-fresh-proof.ts'
import { readNewSlot } from './check-slot.ts'

/** Issues the challenge for one more passkey. Throws Refusal `prove_again`. */
export async function offerPasskey(deps: StaffDeps, party: RelyingParty): Promise<Challenge> {
  requireFreshProof(deps)
  const { id } = deps.actor
  const challenge = await issueChallenge(deps, { newPasskeyOf: id })
  const own = (await listCredentialIds(deps.db, id)).map(toB64)
  return {
    challengeId: challengeIdOf(challenge),
    options: await registrationOptions(party, challenge, id, own),
  }
}

/**
 * Adds a slot that the device has tested.
 *
 * @throws Refusal `prove_again`, `malformed`, `challenge_unknown`, `passkey_refused`. `slots_full`
 *   for a person with MAX_OWN_SLOTS slots, and for a challenge that a concurrent request has used.
 */
export async function addOwnSlot(
  deps: StaffDeps,
  party: RelyingParty,
  { name, slot, passkey }: AddedSlot,
): Promise<void> {
  requireFreshProof(deps)
  const { id: person } = deps.actor
  const registered = passkey && (await registeredPasskey(deps, party, passkey))
  const row = readNewSlot(slot, registered?.credential.id ?? null, {
    name,
    addedDay: dayOf(deps.now()),
  })
  // A passkey without a slot could sign the person in but open nothing.
  if ((row.kind === 'prf') !== (registered !== null)) throw new Refusal('malformed')
  const added = await addSlot(deps.db, person, row, { passkey: registered, most: MAX_OWN_SLOTS })
  if (!added) throw new Refusal('slots_full')
}

async function registeredPasskey(
  deps: StaffDeps,
  party: RelyingParty,
  { challengeId, response }: NonNullable<AddedSlot['passkey']>,
) {
  const person = deps.actor.id
  const challenge = await requireIssued(deps, parseB64(challengeId), { newPasskeyOf: person })
  const passkey = await checkRegistration(party, challenge, response)
  return { challenge, credential: { ...passkey, person, userHandle: person } }
}

/** @throws Refusal `slot_unknown` */
export async function renameOwnSlot(deps: StaffDeps, id: string, name: string): Promise<void> {
  if (!(await renameSlot(deps.db, deps.actor.id, parseB64(id), name)))
    throw new Refusal('slot_unknown')
}

/**
 * Removes a slot and its passkey, or a passkey without a slot. Such a passkey can only sign the
 * person in, and is identified by its own id.
 *
 * @throws Refusal `prove_again`, `slot_unknown`. `last_slot` unless two other slots remain and one
 *   of them is on paper.
 */
export async function removeOwnSlot(deps: StaffDeps, id: string): Promise<void> {
  requireFreshProof(deps)
  const { db, actor } = deps
  const wanted = parseB64(id)
  const slot = await findSlot(db, actor.id, wanted)
  if (slot === null) {
    if (!(await deleteSignInOnly(db, actor.id, wanted))) throw new Refusal('slot_unknown')
  } else if (!(await deleteSlot(db, actor.id, wanted, slot.credentialId)))
    throw new Refusal('last_slot')
}
