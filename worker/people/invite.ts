// Invites a person for an admin. Only a holder of the intake keys can pass the keys on.
import { dayOf } from '#protocol/time'
import { Refusal } from '#protocol/errors'
import { DAY_MS } from '#protocol/limits'
import { INVITATION_DAYS } from '#protocol/staff/invitation'
import { type SignedChange } from '#protocol/staff/audit'
import { InvitationChange } from '#protocol/staff/people'
import { readSignedChange } from '#worker/audit/signed-change'
import type { StaffDeps } from '#worker/deps'
import { insertInvitation } from '#worker/store/invitations'
import { parseB64, parseJson } from '#worker/parse'
import { requireRole } from '../auth/require-role.ts'

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
      tokenHash: parseB64(change.tokenHash),
      roles: [...new Set(change.roles)],
      sealedIntake: change.sealedIntake,
      expiresDay: dayOf(deps.now() + INVITATION_DAYS * DAY_MS),
      createdBy: deps.actor.id,
    },
    entry,
  )
  if (!created) throw new Refusal('malformed')
}
