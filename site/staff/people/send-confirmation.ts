// Confirms or refuses a newcomer, removes a colleague, and withdraws an invitation. Seals only to
// keys in the replayed roster, so that somebody who is only in a database table receives nothing.
import { fromB64 } from '#protocol/bytes'
import { Refusal } from '#protocol/errors'
import { type Confirmation, type Me } from '#protocol/staff/people/people'
import type { PersonRemove } from '#protocol/staff/ledger/rows'
import { type Member, type Roster } from '#protocol/staff/ledger/roster-state'
import { sendAction } from '../api/send-action.ts'
import { sendSigned } from '../api/send-signed.ts'
import { fetchMe } from '../api/session-api.ts'
import { releaseLeftCases } from '../case/write/release-case.ts'
import { sealEpochKeysFor } from '../crypto/intake-key.ts'
import { sealTeamKeyFor } from '../crypto/team-key.ts'
import { type UnlockedKeys } from '../crypto/unlock.ts'
import { hasNewGrantKeys, holdsRole, requireWaiting } from '../ledger/read-roster.ts'

type Signer = Pick<UnlockedKeys, 'personId' | 'sign'>

/** Seals every key that the colleague holds to a reader's key in the roster. */
export async function sealAllKeysFor(
  { own }: Pick<UnlockedKeys, 'own'>,
  me: Pick<Me, 'intake' | 'team'>,
  roster: Roster,
  { roles, hpkePublic }: Pick<Member, 'roles' | 'hpkePublic'>,
): Promise<Omit<Confirmation, 'signed'>> {
  if (!roles.includes('intake')) return { intake: [], team: [] }
  const [intake, team] = await Promise.all([
    Promise.all(me.intake.map((each) => sealEpochKeysFor(own, each, fromB64(hpkePublic), roster))),
    Promise.all(me.team.map((each) => sealTeamKeyFor(own, each, hpkePublic, roster))),
  ])
  return { intake, team }
}

/**
 * Gives a newcomer the roles in the invitation. Seals every shared key to a newcomer who becomes a
 * reader. Fetches this reader's copies again, because a colleague may have opened an epoch since
 * the last unlock. First takes back the cases of a caseworker with new keys, because somebody else
 * may have their old keys.
 *
 * @param roster  the roster of a valid ledger
 * @throws Refusal `not_allowed`, `person_unknown`, `cannot_open`, and the errors of sendSigned and
 *   releaseLeftCases
 */
export async function sendConfirmation(
  keys: Signer & Pick<UnlockedKeys, 'own'>,
  roster: Roster,
  id: string,
): Promise<void> {
  requireReader(keys, roster)
  const member = requireWaiting(roster, id)
  const { signPublic, hpkePublic, roles } = member
  if (hasNewGrantKeys(roster, member)) await releaseLeftCases({ keys, roster }, () => undefined)
  const change = { signPublic, hpkePublic, roles }
  await sendSigned(keys, { action: 'person.confirm', subject: id, change }, async (signed) => {
    const sealed = await sealAllKeysFor(keys, await fetchMe(), roster, { roles, hpkePublic })
    await sendAction('person.confirm', { signed, ...sealed }, id)
  })
}

/** @throws Refusal `not_allowed`, `person_unknown`, and the errors of sendSigned */
export async function sendRefusal(keys: Signer, roster: Roster, id: string): Promise<void> {
  requireReader(keys, roster)
  const { signPublic, hpkePublic } = requireWaiting(roster, id)
  const change = { signPublic, hpkePublic }
  await sendSigned(keys, { action: 'person.refuse', subject: id, change }, (signed) =>
    sendAction('person.refuse', signed, id),
  )
}

/**
 * Ends a colleague's access.
 *
 * @param isNumberOnly  true when caseworkers are to see a number instead of the name
 * @throws Refusal `last_reader`, and the errors of sendSigned
 */
export async function sendRemoval(
  keys: Signer,
  roster: Roster,
  id: string,
  isNumberOnly = false,
): Promise<void> {
  const member = roster.people.get(id)
  if (member?.state !== 'confirmed') throw new Refusal('person_unknown')
  const { signPublic, hpkePublic } = member
  const change: PersonRemove = { signPublic, hpkePublic, isNumberOnly }
  await sendSigned(keys, { action: 'person.remove', subject: id, change }, (signed) =>
    sendAction('person.remove', signed, id),
  )
}

/**
 * @throws Refusal `invitation_unknown` when the invitation has been used, and the errors of
 *   sendSigned
 */
export const sendInvitationEnd = (keys: Signer, tokenHash: string): Promise<void> =>
  sendSigned(
    keys,
    { action: 'invitation.withdraw', subject: tokenHash, change: { tokenHash } },
    (signed) => sendAction('invitation.withdraw', signed, tokenHash),
  )

/** The ledger would break if a person who is not a reader confirmed somebody. */
function requireReader({ personId }: Signer, roster: Roster): void {
  if (!holdsRole(roster, personId, 'intake')) throw new Refusal('not_allowed')
}
