// Decides what each row of a case log may change, and what state the log is in afterwards. A row
// that breaks a rule breaks the log. Only the newest key may seal new letters, entries, records and
// replies.
import { changeParser, type CaseAction, type ChangeOf } from '../actions.ts'
import { noteAct } from './acts.ts'
import { nameEntry, requireKey } from './name-entry.ts'
import { referralRules } from './referral-rules.ts'
import { type CaseLog, type CaseRoster, type CaseRule, answerName } from './state.ts'
import type { Statement } from '../statement.ts'
import { requireRule } from '../ledger/roster-checks.ts'

/** Returns the newest generation of the team key as of a ledger row; 0 if there is none. */
const newestGeneration = (teams: CaseRoster['teams'], row: number): number =>
  Math.max(0, ...[...teams.values()].flatMap((each) => (each.row <= row ? [each.generation] : [])))

const rules: { readonly [Of in CaseAction]: CaseRule<ChangeOf<Of>> } = {
  ...referralRules,

  'key.make': (log, _said, { keyNo, ...made }, { teams }) => {
    requireRule(keyNo === log.keys.size + 1)
    // A key under an older generation could be opened by people who have left.
    requireRule(made.generation === newestGeneration(teams, log.ledgerRow))
    log.keys.set(keyNo, made)
    log.isKeyStale = false
  },

  'letters.take': (log, { subject }, { keyNo, letters }) => {
    requireKey(log, keyNo)
    for (const { id, contentHash } of letters) {
      const entered = id === subject ? log.entered : null
      requireRule(!log.letters.has(id) && (entered?.contentHash ?? contentHash) === contentHash)
      log.letters.set(id, contentHash)
    }
  },

  'entry.add': (log, said, change) => {
    nameEntry(log, said, change)
  },

  'record.set': (log, { actor, at }, { record, revision, keyNo, recordHash }) => {
    requireKey(log, keyNo)
    requireRule(revision === (log.records.get(record)?.revision ?? 0) + 1)
    log.records.set(record, { actor, at, revision, keyNo, recordHash })
  },

  // An index can be reused. When a return number ends, all replies under it are deleted, in the
  // thread of every report with that number. Only the newest row for an index counts.
  'answer.send': (log, { actor, at, subject }, { report = subject, index, sealedHash }) => {
    requireRule(report === subject || log.absorbed.has(report))
    log.answers.set(answerName(report, index), { actor, at, sealedHash })
  },

  'danger.set': (log, said, { danger, followUps = 0, ...entry }) => {
    nameEntry(log, said, entry)
    Object.assign(log, { danger, dangerFollowUps: followUps })
    if (danger) log.dangerDay = said.at
  },

  // A follow-up sets the status to new without a row, because the edge signs nothing. A colleague
  // who is given a case in progress takes the case by signing a row with the same status.
  'status.set': (log, { actor }, { from, to, followUps, reason }) => {
    const isReopened = from === 'new' && followUps > log.followUps
    const isOfAbsorbed = log.isJoined && from !== 'closed'
    const isGiven = log.givenBy !== null && log.assignee?.id === actor
    requireRule(from !== to || (to === 'in_progress' && isGiven))
    requireRule(from === log.status || isReopened || isOfAbsorbed)
    requireRule((to === 'closed') === (reason !== undefined) && reason !== 'merged')
    Object.assign(log, { status: to, followUps, closeReason: reason ?? null, isJoined: false })
  },

  // A caseworker who lost the case still has its keys, so the next write needs a new key.
  'case.assign': (log, said, { from, to, isGranted, reason }) => {
    requireRule(from === (log.assignee?.id ?? null) && from !== to && (to !== null || !isGranted))
    if (reason) nameEntry(log, said, reason)
    if (log.assignee?.isGranted) log.isKeyStale = true
    log.assignee = to === null ? null : { id: to, isGranted, ledgerRow: log.ledgerRow }
    log.givenBy = to === null || to === said.actor ? null : said.actor
  },

  // Only the person who has the case can give it back. A caseworker who gave it back still has the
  // keys.
  'case.return': (log, { actor }) => {
    requireRule(log.assignee?.id === actor)
    if (log.assignee.isGranted) log.isKeyStale = true
    Object.assign(log, { assignee: null, givenBy: null })
  },

  'case.merge': (log, { subject }, { into }) => {
    requireRule(into !== subject)
    if (log.assignee?.isGranted) log.isKeyStale = true
    Object.assign(log, { mergedInto: into, assignee: null, givenBy: null })
  },

  'case.absorb': (log, { subject }, { from, head, also }) => {
    for (const each of [from, ...also]) {
      requireRule(each !== subject && !log.absorbed.has(each))
      log.absorbed.set(each, head)
    }
    log.isJoined = true
  },

  'letter.enter': (log, { actor, at }, change) => {
    requireRule(log.rows === 0)
    log.entered = { actor, at, ...change }
  },
}

/** Applies a row to the log. @throws Refusal `ledger_broken`, or the parser's error */
export function applyCaseRow<Of extends CaseAction>(
  log: CaseLog,
  action: Of,
  said: Statement,
  change: string,
  roster: CaseRoster,
): void {
  // A merged case accepts no further rows: the case it was merged into continues.
  requireRule(log.mergedInto === null)
  const parsed = changeParser(action).parse(JSON.parse(change))
  rules[action](log, said, parsed, roster)
  noteAct(log, action, said, parsed)
}
