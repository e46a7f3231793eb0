// Signs a row for each case and sends up to BULK_MAX rows in one request. Every case gets an
// outcome. A case whose log a colleague extended meanwhile is signed again for the new head.
import { isErrorCode, Refusal, type ErrorCode } from '#protocol/errors'
import { BULK_MAX } from '#protocol/staff/bulk'
import { noteOwnRow } from '../../api/own-rows.ts'
import { postCaseChanges, postCaseHeads } from '../../api/list-api.ts'
import { signChange } from '../../crypto/sign-change.ts'
import { type UnlockedKeys } from '../../crypto/unlock.ts'
import { type PlannedChange } from './plan-bulk.ts'

export interface CaseChange {
  id: string
  planned: PlannedChange
}

/** The outcome for one case: null for done, else the reason. */
export interface CaseOutcome {
  id: string
  code: ErrorCode | null
}

const TRIES = 3

type Signer = Pick<UnlockedKeys, 'personId' | 'sign'>

/**
 * Sends the changes in requests of BULK_MAX cases.
 *
 * @param onOutcomes  called after each request with an outcome for each of its cases
 * @throws Refusal `signed_out`; the cases without an outcome are unchanged then
 */
export async function sendBulk(
  keys: Signer,
  changes: readonly CaseChange[],
  onOutcomes: (outcomes: CaseOutcome[]) => void,
  signal?: AbortSignal,
): Promise<void> {
  for (let at = 0; at < changes.length; at += BULK_MAX) {
    signal?.throwIfAborted()
    onOutcomes(await sendPart(keys, changes.slice(at, at + BULK_MAX)))
  }
}

async function sendPart(keys: Signer, part: readonly CaseChange[]): Promise<CaseOutcome[]> {
  const outcomes = new Map<string, ErrorCode | null>()
  let left = part
  try {
    for (let tried = 1; left.length > 0 && tried <= TRIES; tried++) {
      for (const { id, code } of await sendOnce(keys, left)) outcomes.set(id, code)
      left = left.filter(({ id }) => outcomes.get(id) === 'chain_moved')
    }
  } catch (thrown) {
    if (!(thrown instanceof Refusal) || thrown.code === 'signed_out') throw thrown
    for (const { id } of left) outcomes.set(id, thrown.code)
  }
  return part.map(({ id }) => {
    const code = outcomes.get(id) ?? null
    if (code === null) noteOwnRow(id)
    return { id, code }
  })
}

async function sendOnce(keys: Signer, part: readonly CaseChange[]): Promise<CaseOutcome[]> {
  const { heads } = await postCaseHeads({ cases: part.map(({ id }) => id) })
  const headOf = new Map(heads.map((each) => [each.case, each.head]))
  const changes = await Promise.all(
    part.flatMap(({ id, planned }) => {
      const prev = headOf.get(id)
      return prev === undefined ? [] : [signedFor(keys, { id, planned }, prev)]
    }),
  )
  const { results } = changes.length > 0 ? await postCaseChanges({ changes }) : { results: [] }
  const codeOf = new Map(results.map((each) => [each.case, each.code]))
  return part.map(({ id }) => ({
    id,
    code: headOf.has(id) ? readCode(codeOf.get(id)) : 'not_found',
  }))
}

async function signedFor(keys: Signer, { id, planned }: CaseChange, prev: string) {
  const { action, change } = planned
  const place = { prev, nowMs: Date.now() }
  const signed = await signChange(keys, { action, subject: id, change }, place)
  return { case: id, action, signed }
}

/** A case that the edge did not name may be changed or not. */
function readCode(code: string | null | undefined): ErrorCode | null {
  if (code === null) return null
  return isErrorCode(code) ? code : 'unavailable'
}
