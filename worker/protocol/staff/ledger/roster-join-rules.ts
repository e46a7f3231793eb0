// Decides how the rows that add a person to the staff may change the roster. The rows record that
// people were invited, certified, confirmed or refused, or that they joined.
import { toB64 } from '../../bytes.ts'
import type { LedgerAction } from '../actions.ts'
import { CLOCK_MS } from '../chain.ts'
import {
  INVITATION_HOURS,
  InvitationCreate,
  InvitationWithdraw,
  PersonCertify,
  PersonConfirm,
  PersonJoin,
  PersonRefuse,
} from './rows.ts'
import {
  HOUR_MS,
  keyWithRole,
  openOffer,
  requireRule,
  rootKey,
  sameKeys,
  sameRoles,
  timeOf,
  waitingPerson,
  type Rule,
} from './roster-checks.ts'
import type { Member } from './roster-state.ts'

type JoinAction = Extract<
  LedgerAction,
  `invitation.${string}` | 'person.certify' | 'person.join' | 'person.confirm' | 'person.refuse'
>

/** Returns true for a person who is waiting with these keys and this name. */
const isSameNewcomer = (
  known: Member,
  certified: Pick<Member, 'signPublic' | 'hpkePublic' | 'nameHash'>,
): boolean =>
  known.state === 'waiting' && sameKeys(known, certified) && known.nameHash === certified.nameHash

export const joinRules: Record<JoinAction, Rule> = {
  // The root may certify a person who never joined, so that an organisation can begin on paper.
  'person.certify': (roster, said, change, place) => {
    const { roles, ...own } = PersonCertify.parse(change)
    const known = roster.people.get(said.subject)
    requireRule(known === undefined || isSameNewcomer(known, own))
    requireRule(said.subject !== roster.rootId)
    roster.people.set(said.subject, {
      id: said.subject,
      ...own,
      state: 'confirmed',
      roles,
      invitation: known?.invitation ?? null,
      confirmedBy: roster.rootId,
      digitsHash: known?.digitsHash ?? null,
      keeper: null,
    })
    return rootKey(roster, said, place)
  },

  'invitation.create': (roster, said, change, place) => {
    const { tokenHash, roles, expiresAt } = InvitationCreate.parse(change)
    requireRule(said.subject === tokenHash && !roster.invitations.has(tokenHash))
    requireRule(expiresAt <= timeOf(said) + (INVITATION_HOURS + 1) * HOUR_MS)
    roster.invitations.set(tokenHash, {
      roles,
      expiresAt,
      createdBy: said.actor,
      state: 'open',
      rowHash: place.hash,
    })
    // The root invites the first member, whom only the root can confirm.
    if (said.actor === roster.rootId) return rootKey(roster, said, place)
    return keyWithRole(roster, said, 'admin')
  },

  'invitation.withdraw': (roster, said, change) => {
    const { tokenHash } = InvitationWithdraw.parse(change)
    requireRule(said.subject === tokenHash)
    openOffer(roster, tokenHash).state = 'withdrawn'
    return keyWithRole(roster, said, 'admin')
  },

  'person.join': (roster, said, change) => {
    const { invitation, invitationRow, ...own } = PersonJoin.parse(change)
    const { actor, subject } = said
    requireRule(actor === subject && !roster.people.has(subject) && subject !== roster.rootId)
    const offer = openOffer(roster, invitation)
    // The newcomer received this hash with the link, before making the keys. An attacker therefore
    // could not choose a row that gives other keys the same digits.
    requireRule(invitationRow === toB64(offer.rowHash))
    // The newcomer's clock may be ahead of the edge's clock, which decides when the invitation
    // ends.
    requireRule(timeOf(said) <= offer.expiresAt + CLOCK_MS)
    offer.state = 'used'
    roster.people.set(subject, {
      id: subject,
      ...own,
      state: 'waiting',
      roles: offer.roles,
      invitation,
      confirmedBy: null,
      digitsHash: offer.rowHash,
      keeper: null,
    })
    return own.signPublic
  },

  // The intake role counts only if a person with intake granted it, so an admin cannot make
  // readers.
  'person.confirm': (roster, said, change) => {
    const { roles, ...keys } = PersonConfirm.parse(change)
    const member = waitingPerson(roster, said)
    requireRule(sameKeys(member, keys) && sameRoles(member.roles, roles))
    const key = keyWithRole(roster, said, 'intake')
    roster.people.set(member.id, { ...member, state: 'confirmed', confirmedBy: said.actor })
    return key
  },

  'person.refuse': (roster, said, change) => {
    const member = waitingPerson(roster, said)
    requireRule(sameKeys(member, PersonRefuse.parse(change)))
    const key = keyWithRole(roster, said, 'intake')
    roster.people.set(member.id, { ...member, state: 'refused' })
    return key
  },
}
