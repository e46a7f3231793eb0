// Decides what each row of a case's log may do, and what the log says afterwards. A row that breaks
// a rule breaks the log.
import type { Bytes } from '../bytes.ts'
import {
  CaseAbsorb,
  CaseAssign,
  CaseMerge,
  DangerChange,
  EntryAdd,
  KeyMake,
  LetterEnter,
  LettersTake,
  RecordSet,
  ReplyChange,
  StatusChange,
} from './case-changes.ts'
import { NO_ROW, type CaseAction, type Statement } from './chain.ts'
import type { CloseReason, Status } from './fields.ts'
import { requireRule } from './roster-checks.ts'
import type { Roster } from './roster-state.ts'

/** The author of a sealed part, and the day of the signature. */
interface Signed {
  actor: string
  at: string
}

export interface CaseLog {
  /** true when every row holds; else the log below is that of the rows before the broken one */
  isWhole: boolean
  /** number of the first broken row; null for a whole log */
  at: number | null
  rows: number
  /** hash of the last row */
  head: Bytes
  /** UTC day of the newest row; empty without a row */
  day: string
  status: Status
  closeReason: CloseReason | null
  /** follow-ups that the author of the last status had read; a later one sets the status to new */
  followUps: number
  /** as staff signed it last; null while only the letters say it */
  danger: boolean | null
  /** follow-ups that the author of the last danger had read; a later one may say danger */
  dangerFollowUps: number
  /** the colleague who has the case; `isGranted` for a caseworker, who holds its keys */
  assignee: { id: string; isGranted: boolean } | null
  /** the author of a letter for a person who called; null for a letter that came by itself */
  entered: (Signed & LetterEnter) | null
  /** true after a case was absorbed, which may have been open, until the next status */
  isJoined: boolean
  /** content hashes of the letters that were taken in, by id of the letter, base64url */
  letters: Map<string, string>
  /** generation of birth by number of the case key */
  keys: Map<number, number>
  /** true after a caseworker lost the case, until a new key is made that they do not know */
  isKeyStale: boolean
  /** by number of the row; `actor` is the author */
  entries: Map<number, Signed & { entryHash: string; keyNo: number }>
  /** the newest revision by number of the record */
  records: Map<number, Signed & { recordHash: string; keyNo: number; revision: number }>
  /** the newest reply by answerName */
  answers: Map<string, Signed & { sealedHash: string }>
  /** the case that goes on for this one; null while this case goes on itself */
  mergedInto: string | null
  /** by id of each absorbed case: the last hash of the log that was merged, see CaseAbsorb */
  absorbed: Map<string, string>
}

/** Names a reply by the report whose thread has it and its index there. */
export const answerName = (report: string, slot: number): string => `${report} ${slot}`

/** The part of the roster that a replay needs. */
export type CaseRoster = Pick<Roster, 'readers' | 'caseworkers' | 'teams'>

/** Applies a change to the log. @throws when a rule is broken */
type CaseRule = (log: CaseLog, said: Statement, change: unknown, roster: CaseRoster) => void

/** Only the newest key takes new parts, and only while no former caseworker knows it. */
const requireKey = (log: CaseLog, keyNo: number): void =>
  requireRule(keyNo === log.keys.size && !log.isKeyStale)

const addEntry = (
  log: CaseLog,
  { actor, at }: Statement,
  { keyNo, entryHash }: Pick<EntryAdd, 'keyNo' | 'entryHash'>,
): void => {
  requireKey(log, keyNo)
  log.entries.set(log.rows + 1, { actor, at, entryHash, keyNo })
}

const rules: Record<CaseAction, CaseRule> = {
  // A follow-up sets the status to new without a row, because the edge signs nothing.
  'status.set': (log, _said, change) => {
    const { from, to, followUps, reason } = StatusChange.parse(change)
    const isReopened = from === 'new' && followUps > log.followUps
    const isOfAbsorbed = log.isJoined && from !== 'closed'
    requireRule(from !== to && (from === log.status || isReopened || isOfAbsorbed))
    requireRule((to === 'closed') === (reason !== undefined) && reason !== 'merged')
    Object.assign(log, { status: to, followUps, closeReason: reason ?? null, isJoined: false })
  },

  'key.make': (log, _said, change, { teams }) => {
    const { keyNo, generation } = KeyMake.parse(change)
    requireRule(keyNo === log.keys.size + 1 && teams.has(generation))
    requireRule(generation >= Math.max(0, ...log.keys.values()))
    log.keys.set(keyNo, generation)
    log.isKeyStale = false
  },

  'letters.take': (log, { subject }, change) => {
    const { keyNo, letters } = LettersTake.parse(change)
    requireKey(log, keyNo)
    for (const { id, contentHash } of letters) {
      const entered = id === subject ? log.entered : null
      requireRule(!log.letters.has(id) && (entered?.contentHash ?? contentHash) === contentHash)
      log.letters.set(id, contentHash)
    }
  },

  'entry.add': (log, said, change) => {
    addEntry(log, said, EntryAdd.parse(change))
  },

  'record.set': (log, { actor, at }, change) => {
    const { record, revision, keyNo, recordHash } = RecordSet.parse(change)
    requireKey(log, keyNo)
    requireRule(revision === (log.records.get(record)?.revision ?? 0) + 1)
    log.records.set(record, { actor, at, revision, keyNo, recordHash })
  },

  // An index can be used again. The end of a number deletes all its replies, whichever report
  // with that number has sent them. The newest row decides.
  'answer.send': (log, { actor, at, subject }, change) => {
    const { report = subject, slot, sealedHash } = ReplyChange.parse(change)
    requireRule(report === subject || log.absorbed.has(report))
    log.answers.set(answerName(report, slot), { actor, at, sealedHash })
  },

  'danger.set': (log, said, change) => {
    const { danger, followUps = 0, ...entry } = DangerChange.parse(change)
    addEntry(log, said, entry)
    Object.assign(log, { danger, dangerFollowUps: followUps })
  },

  // A caseworker who lost the case knows its keys, so that the next write needs a new key.
  'case.assign': (log, _said, change) => {
    const { from, to, isGranted } = CaseAssign.parse(change)
    requireRule(from === (log.assignee?.id ?? null) && from !== to && (to !== null || !isGranted))
    if (log.assignee?.isGranted) log.isKeyStale = true
    log.assignee = to === null ? null : { id: to, isGranted }
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

export const emptyLog = (): CaseLog => ({
  ...{ isWhole: true, at: null, rows: 0, head: NO_ROW, day: '' },
  status: 'new',
  closeReason: null,
  followUps: 0,
  ...{ danger: null, dangerFollowUps: 0 },
  assignee: null,
  entered: null,
  isJoined: false,
  ...{ letters: new Map(), keys: new Map(), isKeyStale: false },
  ...{ entries: new Map(), records: new Map(), answers: new Map() },
  ...{ mergedInto: null, absorbed: new Map() },
})
