// Makes an invitation: a link that works once. The link carries the intake key for a future reader.
// [Note: invitation]
import { fromB64, randomBytes, sha256, toB64, type Bytes } from '#protocol/bytes'
import { invitationKeys } from '#protocol/staff/invitation'
import { type InvitationChange, type Me, type Role } from '#protocol/staff/people'
import { intakeForInvitation } from './intake-key.ts'
import { type UnlockedKeys } from './unlock.ts'

export interface NewInvitation {
  /** base64url of 32 bytes, for the link; never sent to the server */
  secret: string
  change: InvitationChange
}

const SECRET_BYTES = 32
const IN_ADDRESS = /^#invite=([\w-]{43})$/

export async function makeInvitation(
  keys: UnlockedKeys,
  me: Pick<Me, 'intake'>,
  roles: Role[],
): Promise<NewInvitation> {
  const secret = randomBytes(SECRET_BYTES)
  const { token, key } = await invitationKeys(secret)
  const sealedIntake = roles.includes('intake')
    ? await Promise.all(me.intake.map((each) => intakeForInvitation(keys.own, each, key)))
    : []
  return {
    secret: toB64(secret),
    change: { tokenHash: toB64(await sha256(token)), roles, sealedIntake },
  }
}

export const invitationLink = (origin: string, secret: string): string =>
  `${origin}/staff/#invite=${secret}`

/** The secret in the part of an address behind the #, or null. */
export function invitationSecretIn(hash: string): Bytes | null {
  const secret = IN_ADDRESS.exec(hash)?.[1]
  return secret === undefined ? null : fromB64(secret)
}
