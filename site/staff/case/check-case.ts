// Compares what the server shows of a case with what colleagues signed. A difference is marked
// beside its part and never hides words.
import { emptyLog, type CaseLog } from '#protocol/staff/case-log-state'
import { type OpenedReport } from '#protocol/staff/opened-report'
import { type Roster } from '#protocol/staff/roster-state'
import {
  dangerDiffers,
  entriesThatDiffer,
  recordsThatDiffer,
  statusDiffers,
} from './compare-with-log.ts'
import { isOlderLog, rememberCaseHead } from './older-log.ts'
import {
  authorsIn,
  lettersThatDiffer,
  repliesThatDiffer,
  replayAllLogs,
  strangersIn,
  type CaseLogs,
} from './threads/check-threads.ts'
import { countMissing } from './threads/count-missing.ts'

export interface CaseChecks {
  /** number of the first broken row of the log; null for a whole log */
  brokenAt: number | null
  /**
   * The server's log lacks rows that this tab has seen or that the last checkpoint names. Or the
   * server shows another checkpoint than the signed one.
   */
  isOlder: boolean
  /** the status or the reason of closing is another than the one that was signed last */
  statusDiffers: boolean
  /** the server shows a danger, or none, against the row that was signed last */
  dangerDiffers: boolean
  /** somebody else has the case than the row that was signed last says */
  assigneeDiffers: boolean
  /** ids of letters, base64url */
  letters: ReadonlySet<string>
  /** replies by answerName */
  answers: ReadonlySet<string>
  /** ids of the colleagues who signed our replies, by answerName */
  authors: ReadonlyMap<string, string>
  /** numbers of entries */
  entries: ReadonlySet<number>
  /** numbers of entries of absorbed cases, by case */
  absorbedEntries: ReadonlyMap<string, ReadonlySet<number>>
  /** numbers of records of absorbed cases, by case */
  absorbedRecords: ReadonlyMap<string, ReadonlySet<number>>
  /** numbers of records, also of one that is older than the signed one */
  records: ReadonlySet<number>
  /** letters, replies, entries and records that were signed, and that the server does not show */
  missing: number
}

/** @param absorbed  the reports of the cases that the case absorbed */
export async function checkCase(
  opened: OpenedReport,
  roster: Pick<Roster, 'readers' | 'caseworkers' | 'teams' | 'checkpoint'>,
  absorbed: readonly OpenedReport[] = [],
): Promise<CaseChecks> {
  const { id } = opened.item
  const reports = [opened, ...absorbed]
  const logs = await replayAllLogs(reports, roster)
  const log = logs.get(id) ?? emptyLog()
  const isOlder = await isOlderLog(opened, roster)
  if (log.isWhole && !isOlder) rememberCaseHead(id, log.head)
  const of = async (find: typeof lettersThatDiffer): Promise<string[]> =>
    (await Promise.all(reports.map((each) => find(each, logs)))).flat()
  const strange = strangersIn(reports, logs).flatMap(({ item, followUps }) => [item, ...followUps])
  return {
    brokenAt: log.at,
    isOlder,
    statusDiffers: statusDiffers(opened, log),
    dangerDiffers: dangerDiffers(opened, log),
    assigneeDiffers: opened.item.assignee !== (log.assignee?.id ?? null),
    letters: new Set([...(await of(lettersThatDiffer)), ...strange.map((each) => each.id)]),
    answers: new Set(await of(repliesThatDiffer)),
    entries: await entriesThatDiffer(opened, log),
    records: await recordsThatDiffer(opened, log),
    absorbedEntries: await inEach(absorbed, logs, entriesThatDiffer),
    absorbedRecords: await inEach(absorbed, logs, recordsThatDiffer),
    missing: countMissing(reports, logs),
    authors: authorsIn(logs),
  }
}

/** Finds the parts of each absorbed case that differ from its own log. */
async function inEach(
  absorbed: readonly OpenedReport[],
  logs: CaseLogs,
  find: (opened: OpenedReport, log: CaseLog) => Promise<Set<number>>,
): Promise<Map<string, Set<number>>> {
  const found = absorbed.map(async (each) => {
    const { id } = each.item
    return [id, await find(each, logs.get(id) ?? emptyLog())] as const
  })
  return new Map(await Promise.all(found))
}
