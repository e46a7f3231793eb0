// Provides the screens with facts from a replayed roster.
import { sameBytes } from '#protocol/bytes'
import { Refusal } from '#protocol/errors'
import { digitsOf } from '#protocol/staff/people/digits'
import { type Role } from '#protocol/staff/fields'
import { dayNumber } from '#protocol/time'
import { type Member, type InvitationOffer, type Roster } from '#protocol/staff/ledger/roster-state'

export const membersWho = ({ people }: Pick<Roster, 'people'>, state: Member['state']): Member[] =>
  [...people.values()].filter((member) => member.state === state)

/** Returns true when the roster lists a confirmed person with the role. */
export function holdsRole({ people }: Roster, id: string, role: Role): boolean {
  const member = people.get(id)
  return member?.state === 'confirmed' && member.roles.includes(role)
}

/** Returns true when the roster allows a person to sign for the organisation today. */
export function isKeeper(roster: Roster, id: string, nowMs: number): boolean {
  const keeper = roster.people.get(id)?.keeper
  return holdsRole(roster, id, 'intake') && (keeper?.lastDay ?? -1) >= dayNumber(nowMs)
}

export const readersIn = (roster: Pick<Roster, 'people'>): Member[] =>
  membersWho(roster, 'confirmed').filter(({ roles }) => roles.includes('intake'))

/** Returns the invitations that can still be used, with their token hashes. */
export const openOffers = ({ invitations }: Roster, nowMs: number): [string, InvitationOffer][] =>
  [...invitations].filter(([, { state, expiresAt }]) => state === 'open' && expiresAt > nowMs)

/** @throws Refusal `person_unknown` unless the person is waiting according to the roster */
export function requireWaiting({ people }: Roster, id: string): Member {
  const member = people.get(id)
  if (member?.state !== 'waiting') throw new Refusal('person_unknown')
  return member
}

/**
 * Returns a newcomer's digits, computed from the row of the invitation or of the new keys.
 *
 * @param keys  the keys in the roster for a colleague; the keys in memory for the newcomer
 * @throws Refusal `ledger_broken` for a person who did not join with such a row
 */
export async function newcomerDigits(
  { digitsHash }: Pick<Member, 'digitsHash'>,
  keys: Pick<Member, 'signPublic' | 'hpkePublic'>,
): Promise<string[]> {
  if (!digitsHash) throw new Refusal('ledger_broken')
  return digitsOf(digitsHash, keys)
}

/** Returns true for a waiting person with new keys who needs copies of case keys. */
export const hasNewGrantKeys = (
  roster: Pick<Roster, 'invitations'>,
  member: Pick<Member, 'invitation' | 'digitsHash' | 'roles'>,
): boolean => hasNewKeys(roster, member) && !member.roles.includes('intake')

/** Returns true when the digits of a waiting person are derived from `person.rekey`. */
export function hasNewKeys(
  { invitations }: Pick<Roster, 'invitations'>,
  { invitation, digitsHash }: Pick<Member, 'invitation' | 'digitsHash'>,
): boolean {
  const offer = invitations.get(invitation ?? '')
  return digitsHash !== null && !(offer && sameBytes(offer.rowHash, digitsHash))
}
