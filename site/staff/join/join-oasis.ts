// The two calls of joining: reading the invitation, and sending what a newcomer's account is made of.
import { fromB64, toB64, type Bytes } from '#protocol/bytes'
import { invitationKeys } from '#protocol/invitation'
import { joinedChange, type InvitationOpened, type Me, type Slot } from '#protocol/staff'
import { acceptInvitation, openInvitation } from '../api/staff-api.ts'
import { intakeFromInvitation } from '../keys/intake-key.ts'
import { type NewKeys } from '../keys/make-keys.ts'
import { type PasskeyResponse } from '../keys/passkey.ts'
import { signStatement } from '../keys/sign-change.ts'

export interface ReadInvitation {
  opened: InvitationOpened
  /** shown to the server */
  token: string
  /** never shown: the intake key is sealed under it */
  key: Bytes
}

export async function readInvitation(secret: Bytes): Promise<ReadInvitation> {
  const { token, key } = await invitationKeys(secret)
  return { opened: await openInvitation(toB64(token)), token: toB64(token), key }
}

export interface Newcomer {
  invitation: ReadInvitation
  name: string
  made: NewKeys
  /** both tested */
  slots: Slot[]
  passkey: Pick<PasskeyResponse, 'response'>
}

/** Makes the account. The intake key goes from the invitation to the newcomer's own key on the way. */
export async function joinOasis({
  invitation: { opened, token, key },
  name,
  made: { keys, sign },
  slots,
  passkey,
}: Newcomer): Promise<Me> {
  const own = fromB64(keys.hpkePublic)
  const intake = await Promise.all(
    opened.sealedIntake.map((each) => intakeFromInvitation(key, each, own)),
  )
  const { personId } = opened
  const signed = await signStatement(
    { personId, sign },
    { action: 'person.join', subject: personId, changeText: joinedChange(keys) },
    { prev: null, nowMs: Date.now() },
  )
  return acceptInvitation({
    token,
    challengeId: opened.challengeId,
    response: passkey.response,
    name,
    keys,
    slots,
    intake,
    ...signed,
  })
}
