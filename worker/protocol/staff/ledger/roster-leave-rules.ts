// Decides how the rows that end a person's keys may change the roster. A person's keys end when the
// person is removed, or when new keys replace the old keys.
import type { LedgerAction } from '../actions.ts'
import { NO_ROW } from '../chain.ts'
import { PersonRekey, PersonRemove } from './rows.ts'
import {
  isReader,
  keyWithRole,
  requireKeeperLeft,
  requireRule,
  sameKeys,
  withdrawOffersOf,
  type Rule,
} from './roster-checks.ts'

type LeaveAction = Extract<LedgerAction, 'person.remove' | 'person.rekey'>

export const leaveRules: Record<LeaveAction, Rule> = {
  // Without a reader, a newcomer could not be confirmed.
  'person.remove': (roster, said, change) => {
    const member = roster.people.get(said.subject)
    const { isNumberOnly = false, ...keys } = PersonRemove.parse(change)
    requireRule(member?.state === 'confirmed' && sameKeys(member, keys))
    const key = keyWithRole(roster, said, 'admin', 'intake')
    const left = { at: said.at, isNumberOnly }
    roster.people.set(member.id, { ...member, state: 'removed', keeper: null, left })
    requireKeeperLeft(roster, member)
    if (isReader(member)) roster.leftAt = roster.rows + 1
    withdrawOffersOf(roster, member)
    requireRule([...roster.people.values()].some(isReader))
    return key
  },

  // The digits confirm the new keys, so somebody who stole the old keys cannot substitute other
  // keys.
  'person.rekey': (roster, said, change) => {
    const keys = PersonRekey.parse(change)
    const member = roster.people.get(said.actor)
    requireRule(member?.state === 'confirmed' && said.subject === said.actor)
    requireRule(keys.signPublic !== member.signPublic && keys.hpkePublic !== member.hpkePublic)
    roster.people.set(member.id, {
      ...member,
      ...keys,
      state: 'waiting',
      confirmedBy: null,
      // NO_ROW, because somebody with the old key could sign variants until the row's hash yielded
      // the desired digits.
      digitsHash: NO_ROW,
      keeper: null,
    })
    if (isReader(member)) roster.leftAt = roster.rows + 1
    // Somebody else may have signed the invitations with the old key.
    withdrawOffersOf(roster, member)
    requireRule([...roster.people.values()].some(isReader))
    return member.signPublic
  },
}
