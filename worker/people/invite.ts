// An admin invites somebody. Nobody can pass on the intake keys who does not hold them.
import { Refusal } from '#protocol/errors'
import { DAY_MS } from '#protocol/limits'
import { INVITATION_DAYS } from '#protocol/invitation'
import { dayOf } from '#protocol/report'
import { InvitationChange, type SignedChange } from '#protocol/staff'
import { readSignedChange } from '#worker/audit/signed-change'
import type { StaffDeps } from '#worker/deps'
import { insertInvitation } from '#worker/store/invitations'
import { bytesOf, parseJson } from '#worker/wire'
import { requireRole } from './require-role.ts'

/** Throws Refusal `not_allowed`, `malformed`, `signature_refused`. */
export async function invitePerson(deps: StaffDeps, signed: SignedChange): Promise<void> {
  requireRole(deps.actor, 'admin')
  const { tokenHash } = parseJson(InvitationChange, signed.change)
  const { change, entry } = await readSignedChange(deps, signed, {
    action: 'invitation.create',
    subject: tokenHash,
    change: InvitationChange,
  })
  const forIntake = change.roles.includes('intake')
  if (forIntake) requireRole(deps.actor, 'intake')
  if (forIntake !== change.sealedIntake.length > 0) throw new Refusal('malformed')

  const created = await insertInvitation(
    deps.db,
    {
      tokenHash: bytesOf(change.tokenHash),
      roles: [...new Set(change.roles)],
      sealedIntake: change.sealedIntake,
      expiresDay: dayOf(deps.now() + INVITATION_DAYS * DAY_MS),
      createdBy: deps.actor.id,
    },
    entry,
  )
  if (!created) throw new Refusal('malformed')
}
