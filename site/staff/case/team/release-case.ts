// Takes a case back from a colleague who left. The next write then makes a key that the colleague
// does not know. Every reader may do it, so that no case stays with somebody who has left.
import { type CaseAssign } from '#protocol/staff/case-changes'
import { replayCaseLog } from '#protocol/staff/case-log'
import { type CaseLog } from '#protocol/staff/case-rules'
import { isCaseworker, isReader } from '#protocol/staff/roster-checks'
import { type Roster } from '#protocol/staff/roster-state'
import { fetchReport, putAssignee } from '../../api/case-api.ts'
import { sendSigned } from '../../api/send-signed.ts'
import { type CaseWriter } from '../case-writer.ts'

/**
 * Returns true when the colleague who has the case can work on cases no more. The roster keeps
 * everybody who left. Somebody whom it does not name yet has joined a moment ago.
 */
export function hasLeaver(
  { assignee }: Pick<CaseLog, 'assignee'>,
  { people }: Pick<Roster, 'people'>,
): boolean {
  if (assignee === null) return false
  const member = people.get(assignee.id)
  return member !== undefined && !(assignee.isGranted ? isCaseworker(member) : isReader(member))
}

/**
 * Takes a case back if somebody who left has it; changes no other case.
 *
 * @throws Refusal of the network or the edge, such as `assignee_changed`
 */
export async function releaseCase({ keys, roster }: CaseWriter, id: string): Promise<void> {
  const { log: rows } = await fetchReport(id)
  const log = await replayCaseLog(rows, { caseId: id, roster })
  if (!log.assignee || !hasLeaver(log, roster)) return
  const change: CaseAssign = { from: log.assignee.id, to: null, isGranted: false }
  await sendSigned(keys, { action: 'case.assign', subject: id, change }, (signed) =>
    putAssignee(id, { signed, grants: [] }),
  )
}
