// Shows a newcomer the contents of the invitation, and the challenge for their passkey.
import { sha256, toB64 } from '#protocol/bytes'
import { Refusal } from '#protocol/errors'
import type { InvitationOpened, OpenInvitation } from '#protocol/staff/people/people'
import type { Deps, RelyingParty } from '#worker/deps'
import { findInvitation, type Invitation } from '#worker/store/people/invitations'
import { chainHead } from '#worker/store/ledger/chain-rows'
import { parseB64 } from '#worker/parse'
import { challengeIdOf, issueChallenge } from '../auth/challenge.ts'
import { registrationOptions } from '../auth/passkey.ts'
import { handleOfInvitation } from '../auth/user-handle.ts'

/** Finds an invitation by token. Throws Refusal `invitation_unknown` or `invitation_expired`. */
export async function requireInvitation(deps: Deps, token: string): Promise<Invitation> {
  const invitation = await findInvitation(deps.db, await sha256(parseB64(token)))
  if (!invitation) throw new Refusal('invitation_unknown')
  if (invitation.expiresAt <= deps.now()) throw new Refusal('invitation_expired')
  return invitation
}

/** @throws Refusal `invitation_unknown`, including when the link contains a different row hash;
 *   `invitation_expired` */
export async function openInvitation(
  deps: Deps,
  party: RelyingParty,
  { token, row }: OpenInvitation,
): Promise<InvitationOpened> {
  const { tokenHash, roles, rowHash } = await requireInvitation(deps, token)
  // The link was copied incompletely, or the ledger has been restored since the link was made.
  if (row !== toB64(rowHash)) throw new Refusal('invitation_unknown')
  const challenge = await issueChallenge(deps, { tokenHash })
  const handle = await handleOfInvitation(parseB64(token))
  return {
    challengeId: challengeIdOf(challenge),
    options: await registrationOptions(party, challenge, handle),
    personId: toB64(challenge.id),
    roles,
    head: toB64(await chainHead(deps.db, null)),
  }
}
