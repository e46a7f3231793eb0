// Adds a newcomer to the staff. A single transaction stores the person, the passkey, slots and
// first session, and uses up the invitation. The newcomer then waits without a role or keys.
import { toB64, type Bytes } from '#protocol/bytes'
import { Refusal } from '#protocol/errors'
import type { Join } from '#protocol/staff/people/people'
import { dayOf } from '#protocol/time'
import { readSignedChange } from '#worker/ledger/signed-change'
import type { Deps, RelyingParty } from '#worker/deps'
import { acceptInvitation } from '#worker/store/people/invitations'
import { parseB64 } from '#worker/parse'
import { requireIssued } from '../auth/challenge.ts'
import { requireInvitation } from './open-invitation.ts'
import { readFirstSlots } from './check-slot.ts'
import { checkRegistration } from '../auth/passkey.ts'
import { newSession } from '../auth/session.ts'
import { handleOfInvitation } from '../auth/user-handle.ts'
import { requireNameHash } from './rename.ts'

/**
 * @returns the token of the new session and the id of its person
 * @throws Refusal `challenge_unknown`, `invitation_unknown`, `invitation_expired`,
 *   `passkey_refused`, `malformed`, `signature_refused`, `chain_moved`
 */
export async function joinStaff(
  deps: Deps,
  party: RelyingParty,
  join: Join,
): Promise<{ token: Bytes; person: Bytes }> {
  const invitation = await requireInvitation(deps, join.token)
  const { tokenHash } = invitation
  // The invitation can be used once, so its challenge does not need a separate row.
  const challenge = await requireIssued(deps, parseB64(join.challengeId), { tokenHash })
  const { id } = challenge
  const passkey = await checkRegistration(party, challenge, join.response)
  const slots = readFirstSlots(join.slots, passkey.id, dayOf(deps.now()))
  const signPublic = parseB64(join.keys.signPublic)
  // The schema checks only the length of this key, because workerd does not support X-Wing.
  const hpkePublic = parseB64(join.keys.hpkePublic)
  const subject = toB64(id)
  const { change, entry } = await readSignedChange(
    { signer: { id: subject, signPublic }, now: deps.now() },
    join.signed,
    { action: 'person.join', subject },
  )
  const isOwn =
    change.signPublic === join.keys.signPublic &&
    change.hpkePublic === join.keys.hpkePublic &&
    change.invitation === toB64(tokenHash) &&
    change.invitationRow === toB64(invitation.rowHash)
  if (!isOwn) throw new Refusal('malformed')
  await requireNameHash(change.nameHash, { name: join.name, salt: join.nameSalt })

  const userHandle = await handleOfInvitation(parseB64(join.token))
  const session = await newSession(deps, id, 'passkey')
  const accepted = await acceptInvitation(
    deps.db,
    { tokenHash, now: deps.now() },
    {
      person: {
        id,
        name: join.name,
        nameSalt: parseB64(join.nameSalt),
        offered: invitation.roles,
        hpkePublic,
        signPublic,
        sealedPrivate: parseB64(join.keys.sealedPrivate),
      },
      credential: { ...passkey, person: id, userHandle },
      slots,
      session: session.stored,
    },
    entry,
  )
  if (!accepted) throw new Refusal('invitation_unknown')
  return { token: session.token, person: id }
}
