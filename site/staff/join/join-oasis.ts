// Makes the two calls of joining: reads the invitation, and sends the newcomer's account.
import { fromB64, toB64, type Bytes } from '#protocol/bytes'
import { invitationKeys } from '#protocol/staff/invitation'
import { joinedChange, type InvitationOpened, type Me, type Slot } from '#protocol/staff/people'
import { postJoin, fetchInvitation } from '../api/staff-api.ts'
import { intakeFromInvitation } from '../crypto/intake-key.ts'
import { type NewKeys } from '../crypto/make-keys.ts'
import { type PasskeyResponse } from '../crypto/passkey.ts'
import { signStatement } from '../crypto/sign-change.ts'

export interface ReadInvitation {
  opened: InvitationOpened
  /** the token, which the server sees */
  token: string
  /** the key that seals the intake key; the server never sees it */
  key: Bytes
}

export async function readInvitation(secret: Bytes): Promise<ReadInvitation> {
  const { token, key } = await invitationKeys(secret)
  return { opened: await fetchInvitation(toB64(token)), token: toB64(token), key }
}

export interface NewAccount {
  invitation: ReadInvitation
  name: string
  made: NewKeys
  /** the two tested slots */
  slots: Slot[]
  passkey: Pick<PasskeyResponse, 'response'>
}

/** Makes the account, and moves the intake key from the invitation to the newcomer's own key. */
export async function joinOasis({
  invitation: { opened, token, key },
  name,
  made: { keys, sign },
  slots,
  passkey,
}: NewAccount): Promise<Me> {
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
  return postJoin({
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
