// Decides how each ledger row may change the roster, and whose key must have signed the row.
import type { LedgerAction } from '../actions.ts'
import type { Statement } from '../statement.ts'
import { isCaseAction } from '../actions.ts'
import { DiscardChange, WithdrawChange } from '../list/discard.ts'
import { OrgBegin, PersonRename } from './rows.ts'
import { figuresRules } from './roster-figures-rules.ts'
import { alertRules } from './roster-alert-rules.ts'
import { epochRules } from './roster-epoch-rules.ts'
import { joinRules } from './roster-join-rules.ts'
import { keyRules } from './roster-key-rules.ts'
import { leaveRules } from './roster-leave-rules.ts'
import { noteReader } from './reader-spans.ts'
import { receiverRules } from './roster-receiver-rules.ts'
import type { Roster } from './roster-state.ts'
import { TemplateSet } from '../templates.ts'
import { keyWithRole, requireRule, rootKey, type Place, type Rule } from './roster-checks.ts'

const rules: Record<LedgerAction, Rule> = {
  ...joinRules,
  ...leaveRules,
  ...epochRules,
  ...keyRules,
  ...alertRules,
  ...receiverRules,
  ...figuresRules,

  'org.begin': (roster, said, change, place) => {
    const begin = OrgBegin.parse(change)
    requireRule(roster.rows === 0 && said.subject === roster.rootId && begin.root === place.root)
    roster.recovery = begin.recovery
    return rootKey(roster, said, place)
  },

  'person.rename': (roster, said, change) => {
    const { nameHash } = PersonRename.parse(change)
    const member = roster.people.get(said.actor)
    requireRule(member?.state === 'confirmed' && said.subject === said.actor)
    roster.people.set(member.id, { ...member, nameHash })
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
 * @param change  JSON text of the change, whose hash is in the statement
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
