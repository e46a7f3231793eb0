// Compares what the server shows of a case with what colleagues signed. A difference is marked
// beside its part and never hides words.
import { sha256, toB64, type Bytes } from '#protocol/bytes'
import { Refusal } from '#protocol/errors'
import { emptyLog, type CaseLog } from '#protocol/staff/case-log-state'
import type { OpenedReport } from '#protocol/staff/opened-report'
import { hasHead, type LedgerRow } from '#protocol/staff/ledger'
import { type Roster } from '#protocol/staff/roster-state'
import { decodeB64 } from '../crypto/decode-b64.ts'
import { checkAgainstCheckpoint } from '../ledger/against-checkpoint.ts'
import {
  authorsIn,
  countMissing,
  lettersThatDiffer,
  repliesThatDiffer,
  replayAllLogs,
  strangersIn,
  type CaseLogs,
} from './threads/check-threads.ts'

/**
 * The newest head of each case log that this tab has seen whole. A server cannot show an older log
 * afterwards. A head is a hash; it names nobody and opens nothing.
 */
const seen = new Map<string, Bytes>()

/** Returns true when the rows lack the head that this tab remembers. */
async function isOlderLog(caseId: string, rows: readonly LedgerRow[]): Promise<boolean> {
  const head = seen.get(caseId)
  return head !== undefined && !(await hasHead(rows, head))
}

/**
 * Returns true when the log does not reach the last checkpoint. A checkpoint that does not arrive
 * says nothing here, because a network fails too. The daily comparison names a withheld one.
 */
async function isCutBehindCheckpoint(
  { item, log }: OpenedReport,
  roster: Pick<Roster, 'checkpoint'>,
): Promise<boolean> {
  try {
    return (await checkAgainstCheckpoint(roster, item.id, log)) === 'older'
  } catch (cause) {
    if (!(cause instanceof Refusal)) throw cause
    return cause.code === 'malformed'
  }
}

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
  const isOlder =
    (await isOlderLog(id, opened.log)) || (await isCutBehindCheckpoint(opened, roster))
  if (log.isWhole && !isOlder) seen.set(id, log.head)
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

/**
 * A follow-up sets the status to new without a signature, because the edge signs nothing. A merge
 * reopens the case that goes on, if the other one was open.
 */
function statusDiffers({ item }: OpenedReport, log: CaseLog): boolean {
  // The row of merging closes a case, not a row of its status.
  if (log.mergedInto !== null) return item.status !== 'closed'
  if (item.status === log.status) return item.closeReason !== log.closeReason
  const isReopened = item.status === 'new' && item.followUps > log.followUps
  return !isReopened && !(log.isJoined && item.status !== 'closed')
}

/**
 * A follow-up may set the danger without a signature. A case also takes the danger of a case that
 * it absorbs, whose log says so.
 */
function dangerDiffers({ item }: OpenedReport, log: CaseLog): boolean {
  if (log.danger === null || item.danger === log.danger) return false
  return !item.danger || (item.followUps <= log.dangerFollowUps && log.absorbed.size === 0)
}

/** The revision stands in the additional data, and the row names it, so that both must match. */
async function recordsThatDiffer(
  { records }: Pick<OpenedReport, 'records'>,
  log: CaseLog,
): Promise<Set<number>> {
  const differ = await thatDiffer(records, 'record', (n) => log.records.get(n)?.recordHash)
  for (const { record, revision } of records)
    if (log.records.get(record)?.revision !== revision) differ.add(record)
  return differ
}

const entriesThatDiffer = (
  { entries }: Pick<OpenedReport, 'entries'>,
  log: CaseLog,
): Promise<Set<number>> => thatDiffer(entries, 'n', (n) => log.entries.get(n)?.entryHash)

async function thatDiffer<Place extends string>(
  rows: readonly (Record<Place, number> & { sealed: string })[],
  place: Place,
  signedHash: (at: number) => string | undefined,
): Promise<Set<number>> {
  const differ = new Set<number>()
  for (const row of rows)
    if (signedHash(row[place]) !== toB64(await sha256(decodeB64(row.sealed))))
      differ.add(row[place])
  return differ
}
