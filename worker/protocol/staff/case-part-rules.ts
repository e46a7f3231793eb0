// Decides what the rows about the parts of a case may do: its keys, letters, entries, records and
// replies. Only the newest key takes new parts.
import {
  DangerChange,
  EntryAdd,
  KeyMake,
  LettersTake,
  RecordSet,
  ReplyChange,
} from './case-changes.ts'
import { answerName, type CaseLog, type CaseRoster, type CaseRule } from './case-log-state.ts'
import type { CaseAction } from './actions.ts'
import type { Statement } from './chain.ts'
import { requireRule } from './roster-checks.ts'

/** Only the newest key takes new parts, and only while no former caseworker knows it. */
const requireKey = (log: CaseLog, keyNo: number): void =>
  requireRule(keyNo === log.keys.size && !log.isKeyStale)

/** Adds an entry under the number of its row. @throws when another key is in use */
export const nameEntry = (
  log: CaseLog,
  { actor, at }: Statement,
  { keyNo, entryHash }: Pick<EntryAdd, 'keyNo' | 'entryHash'>,
): void => {
  requireKey(log, keyNo)
  log.entries.set(log.rows + 1, { actor, at, entryHash, keyNo })
}

/** Returns the newest generation of the team key after a row of the ledger; 0 without one. */
const newestGeneration = (teams: CaseRoster['teams'], row: number): number =>
  Math.max(0, ...[...teams.values()].flatMap((each) => (each.row <= row ? [each.generation] : [])))

type PartAction = Extract<
  CaseAction,
  | `key.${string}`
  | `letters.${string}`
  | `entry.${string}`
  | `record.${string}`
  | `answer.${string}`
  | `danger.${string}`
>

export const partRules: Record<PartAction, CaseRule> = {
  'key.make': (log, _said, change, { teams }) => {
    const { keyNo, ...made } = KeyMake.parse(change)
    requireRule(keyNo === log.keys.size + 1)
    // A key under an older generation would open to people who have left.
    requireRule(made.generation === newestGeneration(teams, log.ledgerRow))
    log.keys.set(keyNo, made)
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
    nameEntry(log, said, EntryAdd.parse(change))
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
    nameEntry(log, said, entry)
    Object.assign(log, { danger, dangerFollowUps: followUps })
  },
}
