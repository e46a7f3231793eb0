// Changes the status or the assignee of many cases in one request. Each case has its own signed row
// and outcome, so that one refusal does not stop the other changes.
import { toB64, type Bytes } from '#protocol/bytes'
import { Refusal, type ErrorCode } from '#protocol/errors'
import type { CaseChanges, CaseHeads, CaseHeadsOf, CaseOutcomes } from '#protocol/staff/list/bulk'
import { NO_ROW } from '#protocol/staff/chain'
import type { StaffDeps } from '#worker/deps'
import { requireRole } from '#worker/auth/require-role'
import { readSignedChange, signerOf } from '#worker/ledger/signed-change'
import { parseB64 } from '#worker/parse'
import { changeMany, type ManyState, type ManyStep } from '#worker/store/cases/many-changes'
import { readHeads } from '#worker/store/cases/heads'
import { findBehind } from '#worker/store/ledger/places'
import { hasGrown } from '#worker/store/cases/growth'
import { listReaders } from '#worker/store/ledger/team-keys'
import { requireStatusStep } from './set-status.ts'

type Asked = CaseChanges['changes'][number]
type Outcome = CaseOutcomes['results'][number]

/**
 * Changes many cases. The outcome for a case is null, or a code from setStatus or assignCase.
 *
 * @throws Refusal `not_allowed`; `malformed` for two changes to the same case
 */
export async function changeManyCases(
  deps: StaffDeps,
  { changes }: CaseChanges,
): Promise<CaseOutcomes> {
  requireRole(deps.actor, 'intake')
  if (new Set(changes.map((each) => each.case)).size < changes.length)
    throw new Refusal('malformed')
  const readers = new Set((await listReaders(deps.db)).map(toB64))
  const read = await Promise.all(changes.map((asked) => readStep(deps, asked, readers)))
  const fitting = read.filter((each) => typeof each !== 'string')
  const behind = await findBehind(
    deps.db,
    fitting.flatMap(({ entry }) => entry.ofCase ?? []),
  )
  const steps = fitting.filter(({ caseId }) => !behind.has(toB64(caseId)))
  const states = steps.length > 0 ? await changeMany(deps.db, steps) : new Map<string, null>()
  const results = read.map((each, at): Outcome => {
    const caseId = changes[at]?.case ?? ''
    if (typeof each === 'string') return { case: caseId, code: each }
    if (behind.has(caseId)) return { case: caseId, code: 'ledger_behind' }
    const state = states.get(caseId)
    return { case: caseId, code: state === undefined ? 'not_found' : state && codeFor(each, state) }
  })
  return { results }
}

/**
 * Reads one change. Returns the code of a refused change instead of throwing it, so that the other
 * changes continue.
 */
async function readStep(
  deps: StaffDeps,
  { case: id, action, signed }: Asked,
  readers: ReadonlySet<string>,
): Promise<ManyStep | ErrorCode> {
  const by = signerOf(deps)
  try {
    const caseId = parseB64(id)
    if (action === 'status.set') {
      const { change, entry } = await readSignedChange(by, signed, { action, subject: id })
      return { kind: 'status', caseId, entry, ...requireStatusStep(change) }
    }
    const { change, entry } = await readSignedChange(by, signed, { action, subject: id })
    const { from, to, isGranted, reason } = change
    // Key copies and reasons are accepted only in a request about a single case.
    if (from === to || isGranted || reason) throw new Refusal('malformed')
    if (to !== null && !readers.has(to)) throw new Refusal('person_unknown')
    return { kind: 'assign', caseId, entry, from: bytesOf(from), to: bytesOf(to) }
  } catch (error) {
    if (error instanceof Refusal) return error.code
    throw error
  }
}

const bytesOf = (id: string | null): Bytes | null => (id === null ? null : parseB64(id))

/**
 * Returns the reason why a change had no effect. When a row follows an outdated head, the app signs
 * the row again.
 */
function codeFor(step: ManyStep, { isMerged, ...now }: ManyState): ErrorCode {
  if (isMerged) return 'case_merged'
  if (step.kind === 'assign') {
    const isSame = idOf(step.from) === idOf(now.assignee)
    return isSame ? 'chain_moved' : 'assignee_changed'
  }
  if (hasGrown(now, step)) return 'report_grew'
  return now.status === step.from ? 'chain_moved' : 'status_changed'
}

const idOf = (id: Bytes | null): string | null => id && toB64(id)

/**
 * Returns the heads of many logs, which a device needs before it signs. Throws `not_allowed`,
 * `malformed`.
 */
export async function readManyHeads(deps: StaffDeps, { cases }: CaseHeadsOf): Promise<CaseHeads> {
  requireRole(deps.actor, 'intake')
  const heads = await readHeads(deps.db, cases.map(parseB64))
  return { heads: cases.map((id) => ({ case: id, head: toB64(heads.get(id) ?? NO_ROW) })) }
}
