// Contains the checks that the rules of the roster share. A check throws when a rule is broken.
import type { Bytes } from '../../bytes.ts'
import { Refusal } from '../../errors.ts'
import { dayNumber } from '../../time.ts'
import type { Statement } from '../statement.ts'
import type { Role } from '../fields.ts'
import type { InvitationOffer, Member, Roster } from './roster-state.ts'

export interface Place {
  /** the pinned root key, base64url */
  root: string
  /** row hash */
  hash: Bytes
  /** further signature checks that a rule adds; all of them must pass */
  checks: Promise<boolean>[]
}

/**
 * Applies a row. Returns the signing key that must have signed the row. Throws when a rule is
 * broken.
 */
export type Rule = (roster: Roster, said: Statement, change: unknown, place: Place) => string

/** @throws Refusal `ledger_broken` unless the rule is satisfied */
export function requireRule(holds: boolean): asserts holds {
  if (!holds) throw new Refusal('ledger_broken')
}

/** Returns the key of the root, which must be the actor. */
export function rootKey(roster: Roster, { actor }: Statement, { root }: Place): string {
  requireRule(actor === roster.rootId)
  return root
}

/** Returns the key of the actor, a confirmed person who currently has one of the roles. */
export function keyWithRole(
  { people }: Roster,
  { actor }: Statement,
  ...anyOf: [Role, ...Role[]]
): string {
  const member = people.get(actor)
  requireRule(member?.state === 'confirmed' && anyOf.some((role) => member.roles.includes(role)))
  return member.signPublic
}

/** Returns the key of the actor, a confirmed person with any role. */
export function keyOfStaff({ people }: Roster, { actor }: Pick<Statement, 'actor'>): string {
  const member = people.get(actor)
  requireRule(member?.state === 'confirmed')
  return member.signPublic
}

/** Returns the key of the actor, a reader whose keeper certificate has not expired. */
export function keeperKey(roster: Roster, said: Statement): string {
  const key = keyWithRole(roster, said, 'intake')
  const keeper = roster.people.get(said.actor)?.keeper
  requireRule(keeper !== null && keeper !== undefined)
  requireRule(dayNumber(timeOf(said)) <= keeper.lastDay)
  return key
}

export const isReader = ({ state, roles }: Member): boolean =>
  state === 'confirmed' && roles.includes('intake')

export const isCaseworker = ({ state, roles }: Member): boolean =>
  state === 'confirmed' && roles.includes('caseworker')

/**
 * Returns the last day of the keeper certificate that expires last, or null if there is no keeper.
 */
export function keeperLastDayIn({ people }: Pick<Roster, 'people'>): number | null {
  const days = [...people.values()].filter(isReader).flatMap(({ keeper }) => keeper?.lastDay ?? [])
  return days.length === 0 ? null : Math.max(...days)
}

/** The last keeper cannot leave, because then no epoch could be opened. */
export function requireKeeperLeft({ people }: Roster, { keeper }: Member): void {
  requireRule(keeper === null || [...people.values()].some((other) => other.keeper !== null))
}

export function waitingPerson({ people }: Roster, { subject }: Statement): Member {
  const member = people.get(subject)
  requireRule(member?.state === 'waiting')
  return member
}

export function openOffer({ invitations }: Roster, tokenHash: string): InvitationOffer {
  const offer = invitations.get(tokenHash)
  requireRule(offer?.state === 'open')
  return offer
}

/** Withdraws the open invitations of a person who left, or whose keys somebody else may have. */
export function withdrawOffersOf({ invitations }: Roster, { id }: Member): void {
  for (const offer of invitations.values())
    if (offer.createdBy === id && offer.state === 'open') offer.state = 'withdrawn'
}

export const sameRoles = (one: readonly Role[], other: readonly Role[]): boolean =>
  [...one].sort().join() === [...other].sort().join()

export const sameKeys = (
  one: Pick<Member, 'signPublic' | 'hpkePublic'>,
  other: Pick<Member, 'signPublic' | 'hpkePublic'>,
): boolean => one.signPublic === other.signPublic && one.hpkePublic === other.hpkePublic

/** Returns the number of the newest epoch or generation, or 0 if there is none. */
export const newestNumber = (numbered: ReadonlyMap<number, unknown>): number =>
  Math.max(0, ...numbered.keys())

/** Returns the minute that a statement contains. @returns milliseconds since 1970 */
export const timeOf = ({ at }: Statement): number => Date.parse(at)

export const HOUR_MS = 3_600_000
