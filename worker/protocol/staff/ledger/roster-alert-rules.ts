// Decides how the rows about alerts may change the rota and the quiet hours in the roster.
import { QuietSet, RotaSet } from '../alerts/rota.ts'
import { keyWithRole, requireRule, type Rule } from './roster-checks.ts'

export const alertRules: Record<'rota.set' | 'quiet.set', Rule> = {
  // The rota may contain people who have left, because the edge calls only members.
  'rota.set': (roster, said, change) => {
    requireRule(said.subject === said.actor)
    roster.rota = RotaSet.parse(change)
    return keyWithRole(roster, said, 'admin')
  },

  'quiet.set': (roster, said, change) => {
    requireRule(said.subject === said.actor)
    roster.quiet.set(said.actor, QuietSet.parse(change))
    return keyWithRole(roster, said, 'admin', 'intake')
  },
}
