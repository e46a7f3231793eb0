// Invites a person on behalf of an admin, and withdraws an invitation. An invitation does not
// contain a key.
import { toB64 } from '#protocol/bytes'
import { Refusal } from '#protocol/errors'
import { CLOCK_MS, type SignedChange } from '#protocol/staff/chain'
import { INVITATION_HOURS, InvitationCreate } from '#protocol/staff/ledger/rows'
import { readSignedChange, signerOf } from '#worker/ledger/signed-change'
import type { StaffDeps } from '#worker/deps'
import { deleteInvitation, insertInvitation } from '#worker/store/people/invitations'
import { parseB64, parseJson } from '#worker/parse'
import { requireFreshProof } from '../auth/require-fresh-proof.ts'
import { requireRole } from '../auth/require-role.ts'

const HOUR_MS = 3_600_000

/** Throws Refusal `not_allowed`, `prove_again`, `malformed`, `signature_refused`, `chain_moved`. */
export async function invitePerson(deps: StaffDeps, signed: SignedChange): Promise<void> {
  requireRole(deps.actor, 'admin')
  requireFreshProof(deps)
  const { tokenHash } = parseJson(InvitationCreate, signed.change)
  const { change, entry } = await readSignedChange(signerOf(deps), signed, {
    action: 'invitation.create',
    subject: tokenHash,
  })
  // The clock of the inviting device may be ahead.
  const latest = deps.now() + INVITATION_HOURS * HOUR_MS + CLOCK_MS
  const created =
    change.expiresAt <= latest &&
    (await insertInvitation(
      deps.db,
      {
        tokenHash: parseB64(change.tokenHash),
        roles: [...new Set(change.roles)],
        expiresAt: change.expiresAt,
        createdBy: deps.actor.id,
      },
      entry,
    ))
  if (!created) throw new Refusal('malformed')
}

/** Throws Refusal `not_allowed`, `malformed`, `signature_refused`, `invitation_unknown`. */
export async function withdrawInvitation(
  deps: StaffDeps,
  tokenHash: string,
  signed: SignedChange,
): Promise<void> {
  requireRole(deps.actor, 'admin')
  const { change, entry } = await readSignedChange(signerOf(deps), signed, {
    action: 'invitation.withdraw',
    subject: tokenHash,
  })
  const subject = parseB64(tokenHash)
  if (change.tokenHash !== toB64(subject)) throw new Refusal('malformed')
  if (!(await deleteInvitation(deps.db, subject, entry))) throw new Refusal('invitation_unknown')
}
