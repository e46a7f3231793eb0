// Replays the log of a case by the people of a replayed roster. The log says what the tables must
// show: the status, the letters, the entries and the replies. Whom the roster does not know as a
// reader of that day signs nothing.
import { fromB64, sha256, toB64, utf8, type Bytes } from '../bytes.ts'
import { Refusal } from '../errors.ts'
import { importVerifyKey, isSignedWith } from '../keys/signatures.ts'
import { dayNumber } from '../time.ts'
import { EntryAdd, KeyMake, LettersTake, ReplyChange, StatusChange } from './case-changes.ts'
import { isCaseAction, NO_ROW, rowHash, Statement, statementMessage } from './chain.ts'
import type { CaseAction } from './chain.ts'
import type { Status } from './fields.ts'
import type { LedgerRow } from './ledger.ts'
import { requireRule } from './roster-checks.ts'
import type { Roster } from './roster-state.ts'

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
  /** follow-ups that the author of the last status had read; a later one sets the status to new */
  followUps: number
  /** content hashes by id of the letter, base64url */
  letters: Map<string, string>
  /** generation of birth by number of the case key */
  keys: Map<number, number>
  /** by number of the row; `actor` is the author */
  entries: Map<number, { actor: string; at: string; entryHash: string; keyNo: number }>
  /** the newest reply by index in the thread */
  answers: Map<number, { actor: string; at: string; sealedHash: string }>
}

/** Applies a change to the log. @throws when a rule is broken */
type CaseRule = (log: CaseLog, said: Statement, change: unknown, roster: CaseRoster) => void

/** The part of the roster that a replay needs. */
export type CaseRoster = Pick<Roster, 'readers' | 'teams'>

const rules: Record<CaseAction, CaseRule> = {
  // A follow-up sets the status to new without a row, because the edge signs nothing.
  'status.set': (log, _said, change) => {
    const { from, to, followUps } = StatusChange.parse(change)
    const isReopened = from === 'new' && followUps > log.followUps
    requireRule(from !== to && (from === log.status || isReopened))
    Object.assign(log, { status: to, followUps })
  },

  'key.make': (log, _said, change, { teams }) => {
    const { keyNo, generation } = KeyMake.parse(change)
    requireRule(keyNo === log.keys.size + 1 && teams.has(generation))
    requireRule(generation >= Math.max(0, ...log.keys.values()))
    log.keys.set(keyNo, generation)
  },

  'letters.take': (log, _said, change) => {
    const { keyNo, letters } = LettersTake.parse(change)
    requireRule(keyNo === log.keys.size)
    for (const { id, contentHash } of letters) {
      requireRule(!log.letters.has(id))
      log.letters.set(id, contentHash)
    }
  },

  'entry.add': (log, { actor, at }, change) => {
    const { keyNo, entryHash } = EntryAdd.parse(change)
    requireRule(keyNo === log.keys.size)
    log.entries.set(log.rows + 1, { actor, at, entryHash, keyNo })
  },

  // An index can be used again. The end of a number deletes all its replies, whichever report
  // with that number has sent them. The newest row decides.
  'answer.send': (log, { actor, at }, change) => {
    const { slot, sealedHash } = ReplyChange.parse(change)
    log.answers.set(slot, { actor, at, sealedHash })
  },
}

const emptyLog = (): CaseLog => ({
  isWhole: true,
  at: null,
  rows: 0,
  head: NO_ROW,
  day: '',
  status: 'new',
  followUps: 0,
  letters: new Map(),
  keys: new Map(),
  entries: new Map(),
  answers: new Map(),
})

interface CasePlace {
  /** base64url */
  caseId: string
  roster: CaseRoster
}

/** Replays all rows of a log. Never throws for a broken row: see CaseLog. */
export async function replayCaseLog(
  rows: readonly LedgerRow[],
  place: CasePlace,
): Promise<CaseLog> {
  const log = emptyLog()
  const imported = new Map<string, Promise<CryptoKey>>()
  const keyOf = (signPublic: string): Promise<CryptoKey> => {
    const key = imported.get(signPublic) ?? importVerifyKey(fromB64(signPublic))
    imported.set(signPublic, key)
    return key
  }
  const checks: Promise<boolean>[] = []
  let broken = rows.length
  for (const [at, row] of rows.entries()) {
    try {
      checks.push((await replayRow(log, row, place, keyOf)).isSigned)
    } catch {
      broken = at
      break
    }
  }
  const forged = (await Promise.all(checks)).indexOf(false)
  const first = forged === -1 ? broken : forged
  if (first === rows.length) return log
  // The rows before the broken one are replayed again, because the log has changed already.
  return { ...(await replayCaseLog(rows.slice(0, first), place)), isWhole: false, at: first + 1 }
}

/** @returns the running check of the signature. @throws when a rule is broken */
async function replayRow(
  log: CaseLog,
  { change, statement, signature }: LedgerRow,
  { caseId, roster }: CasePlace,
  keyOf: (signPublic: string) => Promise<CryptoKey>,
): Promise<{ isSigned: Promise<boolean> }> {
  const said = Statement.parse(JSON.parse(statement))
  const { action, at } = said
  requireRule(isCaseAction(action) && said.subject === caseId)
  requireRule(said.prev === toB64(log.head))
  requireRule(said.changeHash === toB64(await sha256(utf8(change))))
  // Clocks may differ at midnight. A larger step back would let a former reader date a row back.
  requireRule(!at.includes('T') && numberOf(at) >= numberOf(log.day) - 1)
  const spans = (roster.readers.get(said.actor) ?? []).filter(
    ({ from, until }) => from <= at && (until === null || at <= until),
  )
  requireRule(spans.length > 0)
  rules[action](log, said, JSON.parse(change) as unknown, roster)
  const bytes = fromB64(signature)
  log.head = await rowHash(log.head, { statement, signature: bytes })
  log.rows += 1
  log.day = at
  const message = statementMessage(action, statement)
  const isSigned = Promise.all(
    spans.map(({ signPublic }) =>
      keyOf(signPublic)
        .then((key) => isSignedWith(key, bytes, message))
        .catch(() => false),
    ),
  ).then((held) => held.includes(true))
  return { isSigned }
}

/** @throws Refusal `ledger_broken` for a day that does not exist */
function numberOf(day: string): number {
  if (day === '') return 0
  const ms = Date.parse(day)
  if (Number.isNaN(ms)) throw new Refusal('ledger_broken')
  return dayNumber(ms)
}
