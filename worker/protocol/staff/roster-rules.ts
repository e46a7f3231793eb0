// Decides what each row of the ledger may do to the roster, and whose key must have signed the row.
import type { LedgerAction, Statement } from './chain.ts'
import { CLOCK_MS, isCaseAction } from './chain.ts'
import { DiscardChange, WithdrawChange } from './discard.ts'
import {
  INVITATION_HOURS,
  InvitationCreate,
  InvitationWithdraw,
  OrgBegin,
  PersonCertify,
  PersonConfirm,
  PersonJoin,
  PersonRefuse,
  PersonRekey,
  PersonRemove,
} from './ledger.ts'
import { alertRules } from './roster-alert-rules.ts'
import { keyRules } from './roster-key-rules.ts'
import { noteReader } from './reader-spans.ts'
import type { Roster } from './roster-state.ts'
import { TemplateSet } from './templates.ts'
import {
  HOUR_MS,
  isReader,
  keyOfStaff,
  keyWithRole,
  openOffer,
  requireRule,
  rootKey,
  requireKeeperLeft,
  sameKeys,
  sameRoles,
  timeOf,
  waitingPerson,
  withdrawOffersOf,
  type Place,
  type Rule,
} from './roster-checks.ts'

const rules: Record<LedgerAction, Rule> = {
  ...keyRules,
  ...alertRules,

  'org.begin': (roster, said, change, place) => {
    const begin = OrgBegin.parse(change)
    requireRule(roster.rows === 0 && said.subject === roster.rootId && begin.root === place.root)
    roster.recovery = begin.recovery
    return rootKey(roster, said, place)
  },

  // The root may certify somebody who never joined, so that an organisation can begin on paper.
  'person.certify': (roster, said, change, place) => {
    const { roles, ...keys } = PersonCertify.parse(change)
    const known = roster.people.get(said.subject)
    requireRule(known === undefined || (known.state === 'waiting' && sameKeys(known, keys)))
    requireRule(said.subject !== roster.rootId)
    roster.people.set(said.subject, {
      id: said.subject,
      ...keys,
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
    const { invitation, ...keys } = PersonJoin.parse(change)
    const { actor, subject } = said
    requireRule(actor === subject && !roster.people.has(subject) && subject !== roster.rootId)
    const offer = openOffer(roster, invitation)
    // The clock of the newcomer may be ahead of the clock by which the edge ends the invitation.
    requireRule(timeOf(said) <= offer.expiresAt + CLOCK_MS)
    offer.state = 'used'
    roster.people.set(subject, {
      id: subject,
      ...keys,
      state: 'waiting',
      roles: offer.roles,
      invitation,
      confirmedBy: null,
      digitsHash: offer.rowHash,
      keeper: null,
    })
    return keys.signPublic
  },

  // Intake counts only if somebody with intake gave it, so that an admin cannot make readers.
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

  // Without a reader nobody could confirm a newcomer.
  'person.remove': (roster, said, change) => {
    const member = roster.people.get(said.subject)
    requireRule(member?.state === 'confirmed' && sameKeys(member, PersonRemove.parse(change)))
    const key = keyOfStaff(roster, said)
    roster.people.set(member.id, { ...member, state: 'removed', keeper: null })
    requireKeeperLeft(roster, member)
    if (isReader(member)) roster.leftAt = roster.rows + 1
    withdrawOffersOf(roster, member)
    requireRule([...roster.people.values()].some(isReader))
    return key
  },

  // The person confirms the new keys with the digits, so that a thief of the old keys cannot.
  'person.rekey': (roster, said, change, { hash }) => {
    const keys = PersonRekey.parse(change)
    const member = roster.people.get(said.actor)
    requireRule(member?.state === 'confirmed' && said.subject === said.actor)
    requireRule(keys.signPublic !== member.signPublic && keys.hpkePublic !== member.hpkePublic)
    roster.people.set(member.id, {
      ...member,
      ...keys,
      state: 'waiting',
      confirmedBy: null,
      digitsHash: hash,
      keeper: null,
    })
    if (isReader(member)) roster.leftAt = roster.rows + 1
    // The old key may have signed them in foreign hands.
    withdrawOffersOf(roster, member)
    requireRule([...roster.people.values()].some(isReader))
    return member.signPublic
  },

  'reports.discard': (roster, said, change) => {
    DiscardChange.parse(change)
    return keyWithRole(roster, said, 'intake')
  },

  'discard.withdraw': (roster, said, change) => {
    requireRule(WithdrawChange.parse(change).discard === said.subject)
    return keyWithRole(roster, said, 'intake')
  },

  'template.set': (roster, said, change) => {
    const { name, textHash } = TemplateSet.parse(change)
    requireRule(said.subject === name)
    if (textHash === null) requireRule(roster.templates.delete(name))
    else roster.templates.set(name, textHash)
    return keyWithRole(roster, said, 'admin')
  },
}

/**
 * Applies a row to the roster.
 *
 * @param change  JSON text of the change, whose hash the statement carries
 * @returns the public key that must have signed the row, base64url
 * @throws Refusal `ledger_broken`, or the parser's error, when a rule is broken
 */
export function applyRow(roster: Roster, said: Statement, change: string, place: Place): string {
  const { action } = said
  requireRule(!isCaseAction(action) && said.at.includes('T'))
  requireRule((roster.rows === 0) === (action === 'org.begin'))
  const signer = rules[action](roster, said, JSON.parse(change) as unknown, place)
  noteReader(roster, said)
  return signer
}
