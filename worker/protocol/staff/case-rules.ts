// Decides what each row of a case's log may do, and what the log says afterwards. A row that breaks
// a rule breaks the log.
import { CaseAbsorb, CaseAssign, CaseMerge, LetterEnter, StatusChange } from './case-changes.ts'
import type { CaseLog, CaseRoster, CaseRule } from './case-log-state.ts'
import { nameEntry, partRules } from './case-part-rules.ts'
import type { CaseAction } from './actions.ts'
import type { Statement } from './chain.ts'
import { requireRule } from './roster-checks.ts'

const rules: Record<CaseAction, CaseRule> = {
  ...partRules,

  // A follow-up sets the status to new without a row, because the edge signs nothing.
  'status.set': (log, _said, change) => {
    const { from, to, followUps, reason } = StatusChange.parse(change)
    const isReopened = from === 'new' && followUps > log.followUps
    const isOfAbsorbed = log.isJoined && from !== 'closed'
    requireRule(from !== to && (from === log.status || isReopened || isOfAbsorbed))
    requireRule((to === 'closed') === (reason !== undefined) && reason !== 'merged')
    Object.assign(log, { status: to, followUps, closeReason: reason ?? null, isJoined: false })
  },

  // A caseworker who lost the case knows its keys, so that the next write needs a new key.
  'case.assign': (log, said, change) => {
    const { from, to, isGranted, reason } = CaseAssign.parse(change)
    requireRule(from === (log.assignee?.id ?? null) && from !== to && (to !== null || !isGranted))
    if (reason) nameEntry(log, said, reason)
    if (log.assignee?.isGranted) log.isKeyStale = true
    log.assignee = to === null ? null : { id: to, isGranted, ledgerRow: log.ledgerRow }
  },

  'case.merge': (log, { subject }, change) => {
    const { into } = CaseMerge.parse(change)
    requireRule(into !== subject)
    if (log.assignee?.isGranted) log.isKeyStale = true
    Object.assign(log, { mergedInto: into, assignee: null })
  },

  'case.absorb': (log, { subject }, change) => {
    const { from, head, also } = CaseAbsorb.parse(change)
    for (const each of [from, ...also]) {
      requireRule(each !== subject && !log.absorbed.has(each))
      log.absorbed.set(each, head)
    }
    log.isJoined = true
  },

  'letter.enter': (log, { actor, at }, change) => {
    requireRule(log.rows === 0)
    log.entered = { actor, at, ...LetterEnter.parse(change) }
  },
}

/** Applies a row to the log. @throws Refusal `ledger_broken`, or the parser's error */
export function applyCaseRow(
  log: CaseLog,
  said: Statement & { action: CaseAction },
  change: string,
  roster: CaseRoster,
): void {
  // Another case goes on for a merged one.
  requireRule(log.mergedInto === null)
  rules[said.action](log, said, JSON.parse(change) as unknown, roster)
}
