// Checks the case log before an action. The log must be complete and valid, and must contain every
// known row of the case.
import { Refusal, type ErrorCode } from '#protocol/errors'
import type { CaseLog, LogFault } from '#protocol/staff/case-log/state'
import type { StoredCase } from '#protocol/staff/case-log/stored-case'
import type { Roster } from '#protocol/staff/ledger/roster-state'
import { rememberSeen } from '../../ledger/known-heads.ts'
import { holdsRole } from '../../ledger/read-roster.ts'
import { replayLog } from '../../ledger/replay-log.ts'
import type { CaseWriter } from '../../session/case-writer.ts'
import { compareWithKnown } from './against-known.ts'

/** The person on whose behalf the log is checked. */
export type LogJudge = Pick<CaseWriter, 'roster'> & {
  keys: Pick<CaseWriter['keys'], 'personId'>
}

type ReportLog = Pick<StoredCase, 'log'> & { item: Pick<StoredCase['item'], 'id'> }

const CODES: Record<LogFault, ErrorCode> = {
  broken: 'ledger_broken',
  fork: 'ledger_fork',
  behind: 'ledger_behind',
  newer: 'made_newer',
}

/**
 * Returns the log on which an action may rely for sealing and signing.
 *
 * @throws Refusal `ledger_broken`, `ledger_fork`, `ledger_behind` or `made_newer` for a log with
 *   a fault. `log_older` for a log without a row that this browser has seen or a checkpoint covers.
 *   `checkpoint_withheld` when the server withholds the part of the last checkpoint that contains
 *   the case.
 */
export async function requireLog({ keys, roster }: LogJudge, stored: ReportLog): Promise<CaseLog> {
  const log = await replayLog(stored.item.id, stored.log, roster)
  if (log.fault) throw new Refusal(CODES[log.fault])
  const known = await compareWithKnown(stored, forReader(roster, keys.personId))
  if (known === 'older') throw new Refusal('log_older')
  if (known === 'late') throw new Refusal('ledger_broken')
  if (known === 'withheld') throw new Refusal('checkpoint_withheld')
  rememberSeen(stored.item.id, log.head)
  return log
}

/** A part of a checkpoint also covers other cases, so only readers receive it. */
export const forReader = (roster: Roster, personId: string): Roster =>
  holdsRole(roster, personId, 'intake') ? roster : { ...roster, checkpoint: null }
