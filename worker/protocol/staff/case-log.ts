// Replays the log of a case by the people of a replayed roster. The log says what the tables must
// show: the status, the letters, the entries, the records and the replies. A row counts with the
// signature of a reader of that day, or of a caseworker who had the case.
import { fromB64, sha256, toB64, utf8 } from '../bytes.ts'
import { Refusal } from '../errors.ts'
import { isSignedWith, verifyKeys, type VerifyKeys } from '../keys/signatures.ts'
import { dayNumber } from '../time.ts'
import { emptyLog, type CaseLog, type CaseRoster } from './case-log-state.ts'
import { applyCaseRow } from './case-rules.ts'
import { CASEWORKER_ACTIONS, isCaseAction, type CaseAction } from './actions.ts'
import { rowHash, Statement, statementMessage } from './chain.ts'
import type { LedgerRow } from './ledger.ts'
import { spansOn } from './reader-spans.ts'
import { requireRule } from './roster-checks.ts'
import type { ReaderSpan } from './roster-state.ts'

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
  keyOf: VerifyKeys,
): Promise<{ isSigned: Promise<boolean> }> {
  const { action, ...about } = Statement.parse(JSON.parse(statement))
  requireRule(isCaseAction(action) && about.subject === caseId)
  const said = { ...about, action }
  const { at } = said
  requireRule(said.prev === toB64(log.head))
  requireRule(said.changeHash === toB64(await sha256(utf8(change))))
  // Clocks may differ at midnight. A larger step back would let a former reader date a row back.
  requireRule(!at.includes('T') && numberOf(at) >= numberOf(log.day) - 1)
  const spans = spansOf(log, said, roster)
  requireRule(spans.length > 0)
  applyCaseRow(log, said, change, roster)
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

/** Finds the keys with which the actor may sign the row: as a reader, or with an assigned case. */
function spansOf(
  { assignee }: CaseLog,
  { actor, action, at }: { actor: string; action: CaseAction; at: string },
  { readers, caseworkers }: CaseRoster,
): ReaderSpan[] {
  const hasCase = assignee?.id === actor && assignee.isGranted
  const asCaseworker = hasCase && CASEWORKER_ACTIONS.includes(action)
  return [
    ...spansOn(readers.get(actor), at),
    ...(asCaseworker ? spansOn(caseworkers.get(actor), at) : []),
  ]
}

/** @throws Refusal `ledger_broken` for a day that does not exist */
function numberOf(day: string): number {
  if (day === '') return 0
  const ms = Date.parse(day)
  if (Number.isNaN(ms)) throw new Refusal('ledger_broken')
  return dayNumber(ms)
}
