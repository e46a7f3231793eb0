// Takes a case: afterwards the actor has it, and it is in progress. The edge stores two signed
// rows. The first row records who has the case, so that two colleagues do not contact the same
// person. A colleague who was given the case signs only the second row, even if the case is already
// in progress. A second attempt reads what the first one stored, so that no row is signed twice.
import { fetchReport } from '../../api/case-api.ts'
import { type CaseWriter } from '../../session/case-writer.ts'
import { isGivenTo } from '../read/is-given.ts'
import { type LoadedReport } from '../read/load-report.ts'
import { fetchJudged } from './fetch-judged.ts'
import { sendAssignment } from './send-assignment.ts'
import { sendStatus } from './send-status.ts'

/** The facts about a case that decide whether a person can take it. */
type Takeable = Pick<LoadedReport['item'], 'status' | 'assignee' | 'givenBy'>

/** Returns true unless the case is in progress and this person has taken it. */
export const canTake = (item: Takeable, me: string): boolean =>
  item.assignee !== me || item.status !== 'in_progress' || isGivenTo(item, me)

/**
 * Returns true for an open case that nobody has, or that this person has been given but has not
 * taken.
 */
export function isUntaken(item: Takeable, me: string): boolean {
  const { status, assignee } = item
  if (status === 'closed') return false
  return assignee === null || (assignee === me && status === 'new') || isGivenTo(item, me)
}

/**
 * @param assigns  false to change only the status: for a person who may not assign cases, or if the
 *   ledger is invalid
 * @throws Refusal `assignee_changed` or `status_changed` when a colleague acted first.
 *   `report_grew` when the person has written since the case was read. Otherwise the codes of
 *   sendAssignment.
 */
export async function takeCase(
  by: CaseWriter,
  loaded: LoadedReport,
  assigns: boolean,
): Promise<void> {
  const { id } = loaded.item
  const me = by.keys.personId
  if (!assigns) {
    const { item } = await fetchReport(id)
    if (item.status !== 'in_progress' || isGivenTo(item, me))
      await sendStatus(by, loaded, 'in_progress')
    return
  }
  // The signed log decides, because the server could name a holder without any signature.
  const { stored, log } = await fetchJudged(by, id)
  if (log.assignee?.id !== me) await sendAssignment(by, loaded, me)
  const isBegun = log.status === 'in_progress' && stored.item.status === 'in_progress'
  const isGiven = log.assignee?.id === me && log.givenBy !== null
  if (!isBegun || isGiven) await sendStatus(by, loaded, 'in_progress')
}
