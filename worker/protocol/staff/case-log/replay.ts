// Replays a case log against the people on a replayed roster. The log proves what the tables must
// show: the status, letters, entries, records and replies. A row counts only if its signer was then
// a reader, or a caseworker who had the case.
import { fromB64, sha256, toB64, utf8 } from '../../bytes.ts'
import { Refusal } from '../../errors.ts'
import { isSignedWith, verifyKeys, type VerifyKeys } from '../../keys/signatures.ts'
import { dayNumber } from '../../time.ts'
import { CASEWORKER_ACTIONS, isAction, isCaseAction } from '../actions.ts'
import { emptyLog, type CaseLog, type CaseRoster, type LogFault } from './state.ts'
import { noteReferralHash } from './referral-rules.ts'
import { applyCaseRow } from './rules.ts'
import { rowHash, statementMessage, type LedgerHead } from '../chain.ts'
import { AnyStatement, isKnown } from '../statement.ts'
import type { LedgerRow } from '../ledger/rows.ts'
import { placeOnLine } from '../ledger/line.ts'
import { spansAt } from '../ledger/reader-spans.ts'
import { requireRule } from '../ledger/roster-checks.ts'
import type { ReaderSpan } from '../ledger/roster-state.ts'

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
  const keyOf = verifyKeys()
  const checks: Promise<boolean>[] = []
  let fault: LogFault | null = null
  let otherHead: LedgerHead | null = null
  let end = rows.length
  for (const [at, row] of rows.entries()) {
    try {
      const { isSigned, off, ledger } = await replayRow(log, row, place, keyOf)
      checks.push(isSigned)
      if (off) [fault, otherHead] = [off, ledger]
    } catch {
      fault = 'broken'
    }
    if (fault) {
      end = at
      break
    }
  }
  const forged = (await Promise.all(checks)).indexOf(false)
  if (forged !== -1) [fault, otherHead, end] = ['broken', null, forged]
  if (!fault) return log
  // Replays again with only the rows before the fault, because the first replay has already changed
  // the log.
  const before = await replayCaseLog(rows.slice(0, end), place)
  return { ...before, fault, otherHead, at: end + 1 }
}

/**
 * @returns the pending signature check, and `off` for a row whose signer has a different ledger
 * @throws when a rule is broken
 */
async function replayRow(
  log: CaseLog,
  { change, statement, signature }: LedgerRow,
  { caseId, roster }: CasePlace,
  keyOf: VerifyKeys,
): Promise<{ isSigned: Promise<boolean>; ledger: LedgerHead; off: 'fork' | 'behind' | null }> {
  const said = AnyStatement.parse(JSON.parse(statement))
  const { at, ledger } = said
  requireRule(said.subject === caseId && ledger !== undefined)
  requireRule(said.prev === toB64(log.head))
  requireRule(said.changeHash === toB64(await sha256(utf8(change))))
  // A row may be dated one day before the previous row, because clocks differ around midnight.
  requireRule(!at.includes('T') && numberOf(at) >= numberOf(log.day) - 1)
  const onLine = placeOnLine(roster, ledger)
  const isOff = typeof onLine === 'string'
  // Ledger heads never move backwards. A former colleague therefore cannot add rows to a log that
  // contains a row signed after their departure.
  requireRule(isOff || onLine >= log.ledgerRow)
  const spans = isOff ? allSpans(said, roster) : spansOf(log, said, roster, onLine)
  requireRule(spans.length > 0)
  if (!isOff) {
    log.ledgerRow = onLine
    applyAny(log, said, change, roster)
  }
  const bytes = fromB64(signature)
  log.head = await rowHash(log.head, { statement, signature: bytes })
  log.rows += 1
  log.day = at
  noteReferralHash(log)
  const message = statementMessage('case-log', statement)
  const isSigned = Promise.all(
    spans.map(({ signPublic }) =>
      keyOf(signPublic)
        .then((key) => isSignedWith(key, bytes, message))
        .catch(() => false),
    ),
  ).then((held) => held.includes(true))
  return { isSigned, ledger, off: isOff ? onLine : null }
}

/**
 * Applies a row, or only records it if a newer version of this code made it. Later rows may depend
 * on the unapplied change, so a later row that breaks a rule is not a fault.
 */
function applyAny(log: CaseLog, said: AnyStatement, change: string, roster: CaseRoster): void {
  if (isKnown(said) && isCaseAction(said.action))
    try {
      applyCaseRow(log, said.action, said, change, roster)
      return
    } catch (thrown) {
      if (log.fault !== 'newer') throw thrown
    }
  requireRule(!isAction(said.action) || isCaseAction(said.action))
  if (log.fault !== 'newer') Object.assign(log, { fault: 'newer', at: log.rows + 1 })
}

/**
 * Finds the keys that the actor may use to sign the row: as a reader, or as the assigned
 * caseworker.
 */
function spansOf(
  { assignee }: CaseLog,
  said: AnyStatement,
  { readers, caseworkers }: CaseRoster,
  row: number,
): ReaderSpan[] {
  const { actor, action } = said
  const hasCase = assignee?.id === actor && assignee.isGranted
  const mayAct = !isKnown(said) || CASEWORKER_ACTIONS.some((each) => each === action)
  return [
    ...spansAt(readers.get(actor), row),
    ...(hasCase && mayAct ? spansAt(caseworkers.get(actor), row) : []),
  ]
}

/** Finds every key that a person has ever had, for a row whose signer has a different ledger. */
const allSpans = ({ actor }: AnyStatement, { readers, caseworkers }: CaseRoster): ReaderSpan[] => [
  ...(readers.get(actor) ?? []),
  ...(caseworkers.get(actor) ?? []),
]

/** @throws Refusal `ledger_broken` for a day that does not exist */
function numberOf(day: string): number {
  if (day === '') return 0
  const ms = Date.parse(day)
  if (Number.isNaN(ms)) throw new Refusal('ledger_broken')
  return dayNumber(ms)
}
