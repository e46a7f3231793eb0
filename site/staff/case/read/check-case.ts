// Compares the case that the server shows with the one that colleagues signed. A mark next to the
// affected part shows each difference, and no words are hidden.
import { emptyLog, type CaseLog, type LogFault } from '#protocol/staff/case-log/state'
import type { StoredCase } from '#protocol/staff/case-log/stored-case'
import type { CheckpointRoster } from '../../ledger/against-checkpoint.ts'
import { rememberSeen } from '../../ledger/known-heads.ts'
import { compareWithKnown, type AgainstKnown } from './against-known.ts'
import {
  authorsIn,
  lettersThatDiffer,
  repliesThatDiffer,
  replayAllLogs,
  strangersIn,
  type CaseLogs,
} from './check-threads.ts'
import {
  actedDiffers,
  dangerDayDiffers,
  dangerDiffers,
  entriesThatDiffer,
  holderDiffers,
  recordsThatDiffer,
  statusDiffers,
} from './compare-with-log.ts'
import { countMissing } from './count-missing.ts'
import type { LogRoster } from '../../ledger/replay-log.ts'

export interface CaseChecks {
  /** the first invalid row of the log; null when the log is valid */
  fault: { is: LogFault; at: number } | null
  /**
   * see compareWithKnown; also set when the server shows a checkpoint that differs from the signed
   * one
   */
  known: AgainstKnown
  /**
   * true when the status or the reason for closing differs from the last signed one. Also true when
   * the server claims or hides an act
   */
  statusDiffers: boolean
  /** true when the danger or its day contradicts the last signed row about the danger */
  dangerDiffers: boolean
  /**
   * true when the assignee, or the colleague who gave the case, differs from the last signed one
   */
  assigneeDiffers: boolean
  /** ids of letters, base64url */
  letters: ReadonlySet<string>
  /** replies, keyed by answerName */
  answers: ReadonlySet<string>
  /** ids of the colleagues who signed the replies, keyed by answerName */
  authors: ReadonlyMap<string, string>
  /** numbers of entries */
  entries: ReadonlySet<number>
  /** numbers of the entries in absorbed cases, keyed by the id of the case */
  absorbedEntries: ReadonlyMap<string, ReadonlySet<number>>
  /** numbers of the records in absorbed cases, keyed by the id of the case */
  absorbedRecords: ReadonlyMap<string, ReadonlySet<number>>
  /** numbers of records, including every record that is older than the signed one */
  records: ReadonlySet<number>
  /** signed letters, replies, entries and records that the server does not show */
  missing: number
}

/**
 * @param roster  null for a person who cannot read reports and therefore receives no checkpoint
 * @param absorbed  the reports of the cases that the case absorbed
 */
export async function checkCase(
  stored: StoredCase,
  roster: LogRoster & CheckpointRoster,
  absorbed: readonly StoredCase[] = [],
): Promise<CaseChecks> {
  const { id } = stored.item
  const reports = [stored, ...absorbed]
  const logs = await replayAllLogs(reports, roster)
  const log = logs.get(id) ?? emptyLog()
  const known = await compareWithKnown(stored, roster)
  if (log.fault === null && known === 'fine') rememberSeen(id, log.head)
  const of = async (find: typeof lettersThatDiffer): Promise<string[]> =>
    (await Promise.all(reports.map((each) => find(each, logs)))).flat()
  const strange = strangersIn(reports, logs).flatMap(({ item, followUps }) => [item, ...followUps])
  return {
    fault: log.fault && { is: log.fault, at: log.at ?? 0 },
    known,
    statusDiffers: statusDiffers(stored.item, log) || actedDiffers(stored.item, log),
    dangerDiffers:
      dangerDiffers(stored.item, log) ||
      dangerDayDiffers(
        stored.item,
        reports.map((each) => ({ stored: each, log: logs.get(each.item.id) ?? emptyLog() })),
      ),
    assigneeDiffers: holderDiffers(stored.item, log),
    letters: new Set([...(await of(lettersThatDiffer)), ...strange.map((each) => each.id)]),
    answers: new Set(await of(repliesThatDiffer)),
    entries: await entriesThatDiffer(stored, log),
    records: await recordsThatDiffer(stored, log),
    absorbedEntries: await inEach(absorbed, logs, entriesThatDiffer),
    absorbedRecords: await inEach(absorbed, logs, recordsThatDiffer),
    missing: countMissing(reports, logs),
    authors: authorsIn(logs),
  }
}

/** Finds the parts of each absorbed case that differ from that case's own log. */
async function inEach(
  absorbed: readonly StoredCase[],
  logs: CaseLogs,
  find: (stored: StoredCase, log: CaseLog) => Promise<Set<number>>,
): Promise<Map<string, Set<number>>> {
  const found = absorbed.map(async (each) => {
    const { id } = each.item
    return [id, await find(each, logs.get(id) ?? emptyLog())] as const
  })
  return new Map(await Promise.all(found))
}
