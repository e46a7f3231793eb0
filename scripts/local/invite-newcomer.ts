// Invites a newcomer on a local server, on behalf of the scripted member.
import type { Role } from '#protocol/staff/fields'
import { invitationRow } from '#scripts/org/organisation'
import { MemberClient } from '#scripts/local/member-client'
import { invitationLink } from '#site/staff/crypto/invitation-link.ts'
import { makeInvitation, signedInvitation } from '#site/staff/crypto/invite.ts'

const TRIES = 5

/**
 * Makes an invitation, and signs it again if another change reached the ledger first.
 *
 * @returns the path of the link: `/staff/#invite=…`
 */
export async function inviteNewcomer(
  origin: string,
  orgDir: string,
  roles: Role[] = ['admin', 'intake'],
): Promise<string> {
  const client = await MemberClient.open(origin, orgDir)
  const invitation = await makeInvitation(roles, Date.now())
  for (let attempt = 1; ; attempt++) {
    try {
      const signed = await client.sign(invitationRow(invitation.change), await client.head())
      await client.post('invitations', signed)
      return invitationLink('', await signedInvitation(invitation, signed))
    } catch (reason) {
      if (attempt === TRIES) throw reason
    }
  }
}
