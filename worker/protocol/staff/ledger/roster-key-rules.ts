// Decides how the rows about shared keys, checkpoints and restarts may change the roster. The rows
// about keys concern generations of the team key, lost case keys and the recovery key.
import type { LedgerAction } from '../actions.ts'
import { caseKeyName } from '../case-log/bodies.ts'
import {
  CheckpointSign,
  isCounted,
  KeysLose,
  LedgerRestart,
  RecoveryRenew,
  TeamEnd,
  TeamOpen,
} from './keys.ts'
import {
  keeperKey,
  keyWithRole,
  newestNumber,
  requireRule,
  rootKey,
  type Rule,
} from './roster-checks.ts'

type KeyAction = Extract<
  LedgerAction,
  | `team.${string}`
  | `keys.${string}`
  | `recovery.${string}`
  | `checkpoint.${string}`
  | `ledger.${string}`
>

export const keyRules: Record<KeyAction, Rule> = {
  'team.open': (roster, said, change) => {
    const { generation, commitment } = TeamOpen.parse(change)
    requireRule(
      said.subject === String(generation) && generation === newestNumber(roster.teams) + 1,
    )
    const row = roster.rows + 1
    const team = { generation, commitment, openedBy: said.actor, row, hasEnded: false }
    roster.teams.set(generation, team)
    return keyWithRole(roster, said, 'intake')
  },

  'team.end': (roster, said, change) => {
    const { generation } = TeamEnd.parse(change)
    const found = roster.teams.get(generation)
    requireRule(found?.hasEnded === false && said.subject === String(generation))
    requireRule(generation < newestNumber(roster.teams))
    found.hasEnded = true
    return keyWithRole(roster, said, 'intake')
  },

  'keys.lose': (roster, said, change) => {
    const lost = KeysLose.parse(change)
    const found = roster.teams.get(lost.generation)
    requireRule(found?.hasEnded === false && said.subject === String(lost.generation))
    requireRule(lost.generation < newestNumber(roster.teams) && isCounted(lost))
    const row = { signedBy: said.actor, row: roster.rows + 1, at: said.at }
    for (const key of lost.keys) roster.lostKeys.set(caseKeyName(key), row)
    return keyWithRole(roster, said, 'intake')
  },

  'recovery.renew': (roster, said, change, place) => {
    requireRule(said.subject === roster.rootId)
    roster.recovery = RecoveryRenew.parse(change).recovery
    // The new sheets open only keys that are made after this row.
    roster.leftAt = roster.rows + 1
    return rootKey(roster, said, place)
  },

  'checkpoint.sign': (roster, said, change) => {
    const { cases, digest } = CheckpointSign.parse(change)
    requireRule(said.subject === said.actor)
    const row = roster.rows + 1
    roster.checkpoint = { signedBy: said.actor, row, at: said.at, cases, digest }
    return keyWithRole(roster, said, 'intake')
  },

  'ledger.restart': (roster, said, change) => {
    const { kept, cut } = LedgerRestart.parse(change)
    requireRule(said.subject === said.actor)
    requireRule(kept.n === roster.rows && kept.hash === said.prev)
    roster.restart = { signedBy: said.actor, row: roster.rows + 1, at: said.at, cutAt: cut.n }
    return keeperKey(roster, said)
  },
}
