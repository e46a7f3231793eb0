// Makes the two requests needed to join: one fetches the invitation, the other sends the newcomer's
// account.
import { type PersonJoin } from '#protocol/staff/ledger/rows'
import type { InvitationOpened, Me, OpenInvitation } from '#protocol/staff/people/people'
import type { NewSlot } from '#protocol/staff/people/slots'
import { followingHead } from '../api/send-signed.ts'
import { fetchInvitation } from '../api/people-api.ts'
import { sendAction } from '../api/send-action.ts'
import { tokenHashOf } from '../crypto/invite.ts'
import { type NewKeys } from '../crypto/make-keys.ts'
import { type PasskeyResponse } from '../crypto/passkey.ts'
import { saltName } from '../crypto/person-name.ts'
import { signChange } from '../crypto/sign-change.ts'

export interface ReadInvitation {
  opened: InvitationOpened
  link: OpenInvitation
}

export const readInvitation = async (link: OpenInvitation): Promise<ReadInvitation> => ({
  opened: await fetchInvitation(link),
  link,
})

export interface NewAccount {
  invitation: ReadInvitation
  name: string
  made: NewKeys
  /** the two slots, which have been tested */
  slots: NewSlot[]
  passkey: Pick<PasskeyResponse, 'response'>
}

/**
 * Creates the account. The newcomer signs their own row of the ledger with their new key. The row
 * refers to the row in the link, so a different ledger is invalid for the newcomer. If the ledger
 * has grown in the meantime, the invitation is fetched again, but only to obtain the new head.
 *
 * @throws Refusal the codes of sendAction
 */
export async function joinOrganisation({
  invitation: { opened, link },
  name: typed,
  made: { keys, sign },
  slots,
  passkey,
}: NewAccount): Promise<Me> {
  const { personId, challengeId } = opened
  const { signPublic, hpkePublic } = keys
  const { name, salt: nameSalt, nameHash } = await saltName(typed)
  const { token, row: invitationRow } = link
  const invitation = await tokenHashOf(token)
  const change: PersonJoin = { signPublic, hpkePublic, nameHash, invitation, invitationRow }
  const { response } = passkey
  const account = { token, challengeId, response, name, nameSalt, keys, slots }
  let known: { head: string } | null = opened
  const fetchHead = async (): Promise<{ head: string }> => {
    const head = known ?? (await fetchInvitation(link))
    known = null
    return head
  }
  return followingHead(async ({ head }) => {
    const signed = await signChange(
      { personId, sign },
      { action: 'person.join', subject: personId, change },
      { prev: head, nowMs: Date.now() },
    )
    return sendAction('person.join', { ...account, signed })
  }, fetchHead)
}
