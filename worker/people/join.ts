// Lets a newcomer join. A single transaction stores the person, the passkey, slots, intake keys and
// first session, and uses up the invitation. A failed transaction stores nothing.
import { dayOf } from '#protocol/time'
import * as z from 'zod/mini'
import { sameBytes, toB64, type Bytes } from '#protocol/bytes'
import { Refusal } from '#protocol/errors'
import { ARGON2_FLOOR } from '#protocol/limits'
import { joinedChange, type Join } from '#protocol/staff/people'
import { readSignedChange } from '#worker/audit/signed-change'
import type { Deps, RelyingParty } from '#worker/deps'
import { acceptInvitation, type Invitation, type NewSlot } from '#worker/store/invitations'
import { parseB64 } from '#worker/parse'
import { requireIssued } from '../auth/challenge.ts'
import { requireInvitation } from './open-invitation.ts'
import { checkRegistration } from '../auth/passkey.ts'
import { newSession } from '../auth/session.ts'

/** joinedChange: the two public keys */
const Joined = z.tuple([z.string(), z.string()])

/**
 * @returns the token of the new session and the id of its person
 * @throws Refusal `challenge_unknown`, `invitation_unknown`, `invitation_expired`,
 *   `passkey_refused`, `malformed`, `signature_refused`
 */
export async function joinStaff(
  deps: Deps,
  party: RelyingParty,
  join: Join,
): Promise<{ token: Bytes; person: Bytes }> {
  const invitation = await requireInvitation(deps, join.token)
  const { tokenHash } = invitation
  // The invitation serves once, so the challenge that was made for it needs no row of its own.
  const challenge = await requireIssued(deps, parseB64(join.challengeId), { tokenHash })
  const { id } = challenge
  const passkey = await checkRegistration(party, challenge, join.response)
  const slots = join.slots.map(storedSlot)
  requireTwoSlots(slots, passkey.id)
  requireOfferedKeys(join, invitation)
  const signPublic = parseB64(join.keys.signPublic)
  const hpkePublic = parseB64(join.keys.hpkePublic)
  await requirePoint(hpkePublic)
  const { entry } = await readSignedChange(
    { actor: { id, signPublic }, now: deps.now },
    { change: joinedChange(join.keys), statement: join.statement, signature: join.signature },
    { action: 'person.join', subject: toB64(id), change: Joined },
  )

  const session = await newSession(deps, id)
  const accepted = await acceptInvitation(
    deps.db,
    { tokenHash, today: dayOf(deps.now()) },
    {
      person: {
        id,
        name: join.name,
        roles: invitation.roles,
        hpkePublic,
        signPublic,
        sealedPrivate: parseB64(join.keys.sealedPrivate),
      },
      credential: { ...passkey, person: id },
      slots,
      intake: join.intake.map(({ epoch, sealed }) => ({ epoch, sealed: parseB64(sealed) })),
      session: session.stored,
    },
    entry,
  )
  if (!accepted) throw new Refusal('invitation_unknown')
  return { token: session.token, person: id }
}

const storedSlot = (slot: Join['slots'][number]): NewSlot => ({
  ...slot,
  id: parseB64(slot.id),
  credentialId: slot.credentialId === null ? null : parseB64(slot.credentialId),
  salt: parseB64(slot.salt),
  sealedMaster: parseB64(slot.sealedMaster),
})

// Requires two slots. The slot of a passkey belongs to the new passkey, and a passphrase has the
// lowest allowed cost or more.
function requireTwoSlots(slots: NewSlot[], passkey: Bytes): void {
  const whole = slots.every(({ kind, credentialId, memoryKib, passes }) =>
    kind === 'prf'
      ? credentialId !== null && sameBytes(credentialId, passkey)
      : credentialId === null &&
        memoryKib >= ARGON2_FLOOR.memoryKib &&
        passes >= ARGON2_FLOOR.passes,
  )
  const ids = new Set(slots.map(({ id }) => id.join()))
  if (!whole || ids.size !== slots.length) throw new Refusal('malformed')
}

// The newcomer takes exactly the intake keys that the invitation carries.
function requireOfferedKeys({ intake }: Join, { sealedIntake }: Invitation): void {
  const epochsOf = (keys: { epoch: number }[]) =>
    keys
      .map(({ epoch }) => epoch)
      .sort((a, b) => a - b)
      .join()
  if (epochsOf(intake) !== epochsOf(sealedIntake)) throw new Refusal('malformed')
}

async function requirePoint(point: Bytes): Promise<void> {
  try {
    await crypto.subtle.importKey('raw', point, { name: 'ECDH', namedCurve: 'P-256' }, false, [])
  } catch (cause) {
    throw new Refusal('malformed', { cause })
  }
}
