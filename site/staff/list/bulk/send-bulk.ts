// Signs a row for each case and sends up to BULK_MAX rows in one request. Every case receives an
// outcome. If a colleague extended a case log in the meantime, the row is signed again to follow
// the new head.
import { isErrorCode, Refusal, type ErrorCode } from '#protocol/errors'
import { BULK_MAX, type CaseChanges } from '#protocol/staff/list/bulk'
import { postCaseChanges, postCaseHeads } from '../../api/list-api.ts'
import { noteOwnRow } from '../../api/own-rows.ts'
import { isGrown } from '../../case/write/grown-head.ts'
import { signCaseChange, type CaseSigner } from '../../crypto/sign-change.ts'
import { rememberSigned, type OwnRow } from '../../ledger/known-heads.ts'
import { type PlannedChange } from './plan-bulk.ts'

export interface CaseChange {
  id: string
  planned: PlannedChange
}

/** The outcome for one case: null for success, otherwise the reason. */
export interface CaseOutcome {
  id: string
  code: ErrorCode | null
}

const TRIES = 3

/**
 * The refusals that are temporary: a colleague, or another action in this browser, has extended the
 * log.
 */
const PASSING: readonly (ErrorCode | null | undefined)[] = ['chain_moved', 'log_older']

/**
 * Sends the changes in requests of BULK_MAX cases.
 *
 * @param onOutcomes  called after each request with an outcome for each of its cases
 * @throws Refusal `signed_out`; the cases without an outcome are then unchanged
 */
export async function sendBulk(
  by: CaseSigner,
  changes: readonly CaseChange[],
  onOutcomes: (outcomes: CaseOutcome[]) => void,
  signal?: AbortSignal,
): Promise<void> {
  for (let at = 0; at < changes.length; at += BULK_MAX) {
    signal?.throwIfAborted()
    onOutcomes(await sendPart(by, changes.slice(at, at + BULK_MAX)))
  }
}

async function sendPart(by: CaseSigner, part: readonly CaseChange[]): Promise<CaseOutcome[]> {
  const outcomes = new Map<string, ErrorCode | null>()
  let left = part
  try {
    for (let tried = 1; left.length > 0 && tried <= TRIES; tried++) {
      for (const { id, code } of await sendOnce(by, left)) outcomes.set(id, code)
      left = left.filter(({ id }) => PASSING.includes(outcomes.get(id)))
    }
  } catch (thrown) {
    if (!(thrown instanceof Refusal) || thrown.code === 'signed_out') throw thrown
    for (const { id } of left) outcomes.set(id, thrown.code)
  }
  return part.map(({ id }) => ({ id, code: outcomes.get(id) ?? null }))
}

async function sendOnce(by: CaseSigner, part: readonly CaseChange[]): Promise<CaseOutcome[]> {
  const { heads } = await postCaseHeads({ cases: part.map(({ id }) => id) })
  const headOf = new Map(heads.map((each) => [each.case, each.head]))
  const codes = new Map<string, ErrorCode | null>()
  const changes: SignedCase[] = []
  for (const each of part) {
    const prev = headOf.get(each.id)
    if (prev === undefined) codes.set(each.id, 'not_found')
    else if (!(await isGrown(by.roster, each.id, prev))) codes.set(each.id, 'log_older')
    else changes.push(await signedFor(by, each, prev))
  }
  const { results } = changes.length > 0 ? await postCaseChanges({ changes }) : { results: [] }
  const codeOf = new Map(results.map((each) => [each.case, each.code]))
  const stored: OwnRow[] = []
  for (const { case: id, signed } of changes) {
    const code = readCode(codeOf.get(id))
    codes.set(id, code)
    if (code !== null) continue
    noteOwnRow(id)
    stored.push({ caseId: id, prev: headOf.get(id) ?? '', signed })
  }
  await rememberSigned(by.roster, stored)
  return part.map(({ id }) => ({ id, code: codes.get(id) ?? null }))
}

type SignedCase = CaseChanges['changes'][number]

async function signedFor(
  by: CaseSigner,
  { id, planned }: CaseChange,
  prev: string,
): Promise<SignedCase> {
  const place = { prev, nowMs: Date.now() }
  const signed = await signCaseChange(by, { ...planned, subject: id }, place)
  return { case: id, action: planned.action, signed }
}

/** A case that is missing from the response may or may not have been changed. */
function readCode(code: string | null | undefined): ErrorCode | null {
  if (code === null) return null
  return isErrorCode(code) ? code : 'unavailable'
}
