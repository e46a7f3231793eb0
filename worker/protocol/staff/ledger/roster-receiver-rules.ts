// Decides how a row about a receiver may change the roster.
import { ReceiverSet } from '../receivers.ts'
import { keyWithRole, requireRule, type Rule } from './roster-checks.ts'

export const receiverRules: Record<'receiver.set', Rule> = {
  'receiver.set': (roster, said, change) => {
    const { receiver, recordHash } = ReceiverSet.parse(change)
    requireRule(said.subject === receiver)
    const before = roster.receivers.get(receiver)
    // Only an existing record can be deleted, and a deleted record can be set again later.
    requireRule(recordHash !== null || (before?.recordHash ?? null) !== null)
    roster.receivers.set(receiver, {
      recordHash,
      setBy: said.actor,
      hashes: new Set([...(before?.hashes ?? []), ...(recordHash === null ? [] : [recordHash])]),
    })
    return keyWithRole(roster, said, 'intake')
  },
}
