// Shows a newcomer what the invitation offers, and the challenge for their passkey.
import { sha256, toB64 } from '#protocol/bytes'
import { Refusal } from '#protocol/errors'
import { ID_BYTES } from '#protocol/limits'
import { dayOf } from '#protocol/report'
import type { InvitationOpened } from '#protocol/staff'
import type { Deps, RelyingParty } from '#worker/deps'
import { findInvitation, type Invitation } from '#worker/store/invitations'
import { bytesOf } from '#worker/wire'
import { issueChallenge } from './challenge.ts'
import { registrationOptions } from './passkey.ts'

/** The invitation that a token belongs to. Throws Refusal `invitation_unknown` or `invitation_expired`. */
export async function requireInvitation(deps: Deps, token: string): Promise<Invitation> {
  const invitation = await findInvitation(deps.db, await sha256(bytesOf(token)))
  if (!invitation) throw new Refusal('invitation_unknown')
  if (invitation.expiresDay < dayOf(deps.now())) throw new Refusal('invitation_expired')
  return invitation
}

export async function openInvitation(
  deps: Deps,
  party: RelyingParty,
  token: string,
): Promise<InvitationOpened> {
  const { tokenHash, roles, sealedIntake } = await requireInvitation(deps, token)
  const person = deps.random(ID_BYTES)
  const challenge = await issueChallenge(deps, { tokenHash, person })
  return {
    challengeId: toB64(challenge.id),
    options: await registrationOptions(party, { challenge: challenge.challenge, person }),
    personId: toB64(person),
    roles,
    sealedIntake,
  }
}
