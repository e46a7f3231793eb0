// Replays a case log against this browser's ledger. A colleague may have a different or longer
// ledger. The next verdict on this browser's own ledger takes that into account.
import { replayCaseLog } from '#protocol/staff/case-log/replay'
import type { CaseLog, CaseRoster } from '#protocol/staff/case-log/state'
import type { LedgerRow } from '#protocol/staff/ledger/rows'
import type { Roster } from '#protocol/staff/ledger/roster-state'
import { noteFork } from './remembered-head.ts'

/** The part of a roster that is needed to check a case log. */
export type LogRoster = CaseRoster & Pick<Roster, 'rootId'>

/** @param caseId  base64url */
export async function replayLog(
  caseId: string,
  rows: readonly LedgerRow[],
  roster: LogRoster,
): Promise<CaseLog> {
  const log = await replayCaseLog(rows, { caseId, roster })
  if (log.otherHead) noteFork(roster, log.otherHead)
  return log
}
