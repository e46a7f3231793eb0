// Takes a case back from a colleague who has left. The next write then makes a key that this
// colleague does not have. Every reader may take such a case back, so that no case remains with a
// former colleague.
import { type CaseAssign } from '#protocol/staff/case-log/changes'
import type { CaseLog } from '#protocol/staff/case-log/state'
import { spansAt } from '#protocol/staff/ledger/reader-spans'
import { isReader } from '#protocol/staff/ledger/roster-checks'
import { Refusal } from '#protocol/errors'
import { type Roster } from '#protocol/staff/ledger/roster-state'
import { sendAction } from '../../api/send-action.ts'
import { fetchLeftCases } from '../../api/people-api.ts'
import { type UnlockedKeys } from '../../crypto/unlock.ts'
import { fetchJudged } from './fetch-judged.ts'
import { sendCaseSigned } from './send-case-signed.ts'

interface Releaser {
  keys: Pick<UnlockedKeys, 'personId' | 'sign'>
  roster: Roster
}

/**
 * Returns true when the colleague who has the case can no longer work on cases. Also returns true
 * when the colleague has since made new keys, because a thief may have the old ones. The roster
 * keeps all former colleagues, so a person who is missing from it has only just joined.
 */
export function hasLeaver(
  { assignee }: Pick<CaseLog, 'assignee'>,
  { people, caseworkers }: Pick<Roster, 'people' | 'caseworkers'>,
): boolean {
  if (assignee === null) return false
  const { id, isGranted, ledgerRow } = assignee
  const member = people.get(id)
  if (member === undefined) return false
  if (!isGranted) return !isReader(member)
  return !spansAt(caseworkers.get(id), ledgerRow).some(({ until }) => until === null)
}

/**
 * Takes a case back if a former colleague has it; leaves other cases unchanged.
 *
 * @throws Refusal the codes of requireLog, and those of the edge, such as `assignee_changed`
 */
export async function releaseCase(by: Releaser, id: string): Promise<void> {
  const { roster } = by
  const { log } = await fetchJudged(by, id)
  if (!log.assignee || !hasLeaver(log, roster)) return
  const change: CaseAssign = { from: log.assignee.id, to: null, isGranted: false }
  await sendCaseSigned(by, { action: 'case.assign', subject: id, change }, (signed) =>
    sendAction('case.assign', { signed, grants: [] }, id),
  )
}

/**
 * Takes back the cases of people who have left, and of caseworkers whose new keys are not confirmed
 * yet.
 *
 * @param onProgress  called after each case
 * @throws Refusal the codes of releaseCase, except `assignee_changed`
 */
export async function releaseLeftCases(by: Releaser, onProgress: () => void): Promise<void> {
  const done = new Set<string>()
  for (;;) {
    const { cases } = await fetchLeftCases()
    const next = cases.filter(({ id }) => !done.has(id))
    if (next.length === 0) return
    for (const { id } of next) {
      await releaseCase(by, id).catch(ignoreFaster)
      done.add(id)
      onProgress()
    }
  }
}

/** Ignores the refusal when a colleague has already given the case to somebody else. */
function ignoreFaster(thrown: unknown): void {
  if (!(thrown instanceof Refusal && thrown.code === 'assignee_changed')) throw thrown
}
