// Compares the reports of a case with its log and the logs of absorbed cases. A letter or reply is
// recorded in the log of the case that it was in when it was signed.
import { sha256, toB64 } from '#protocol/bytes'
import { answerName, type CaseLog } from '#protocol/staff/case-log/state'
import type { StoredCase } from '#protocol/staff/case-log/stored-case'
import { Statement } from '#protocol/staff/statement'
import { decodeB64 } from '#protocol/staff/native-b64'
import { contentHash } from '../../crypto/open-report.ts'
import { replayLog, type LogRoster } from '../../ledger/replay-log.ts'

/** The case logs, keyed by case id, beginning with the surviving case. */
export type CaseLogs = ReadonlyMap<string, CaseLog>

export async function replayAllLogs(
  reports: readonly StoredCase[],
  roster: LogRoster,
): Promise<CaseLogs> {
  const replayed = reports.map(async ({ item: { id }, log }) => {
    return [id, await replayLog(id, log, roster)] as const
  })
  return new Map(await Promise.all(replayed))
}

/** Returns the reports whose merge is not signed, or whose log is not the merged one. */
export const strangersIn = (
  [head, ...absorbed]: readonly StoredCase[],
  logs: CaseLogs,
): StoredCase[] => absorbed.filter((each) => !head || !isMergedHere(each, head.item.id, logs))

function isMergedHere({ item, log: rows }: StoredCase, headId: string, logs: CaseLogs): boolean {
  const log = logs.get(item.id)
  const goesOn = logs.get(log?.mergedInto ?? '')
  const isOfCase = logs.get(headId)?.absorbed.has(item.id)
  return Boolean(
    log?.fault === null && isOfCase && goesOn?.absorbed.get(item.id) === headBefore(rows),
  )
}

/** Returns the hash of the row before the last one; an empty string for a log without rows. */
function headBefore(rows: StoredCase['log']): string {
  const last = rows.at(-1)
  return last ? Statement.parse(JSON.parse(last.statement)).prev : ''
}

const lettersIn = ({ item, envelope, followUps }: StoredCase) => [
  { id: item.id, envelope },
  ...followUps,
]

/** Returns the letters of a report that do not match their hash in a log. */
export async function lettersThatDiffer(stored: StoredCase, logs: CaseLogs): Promise<string[]> {
  const holders = new Map(stored.taken.map((letter) => [letter.id, letter.caseId]))
  const differ: string[] = []
  for (const { id, envelope } of lettersIn(stored)) {
    const holder = holders.get(id)
    const isNamed = [...logs.values()].some(({ letters }) => letters.has(id))
    // A follow-up in a case that is not on this screen is recorded in the log of that case.
    const isElsewhere = holder !== undefined && !logs.has(holder) && id !== stored.item.id
    if (!isNamed && (holder === undefined || isElsewhere)) continue
    const signed = logs.get(holder ?? '')?.letters.get(id)
    if (signed === undefined || signed !== (await hashOrNone(envelope))) differ.push(id)
  }
  return differ
}

/** Returns the hash of a letter; an empty string for bytes that are not a letter. */
async function hashOrNone(envelope: string): Promise<string> {
  try {
    return await contentHash(envelope)
  } catch {
    return ''
  }
}

/**
 * Returns, for one report, the answerName of each reply that no colleague signed in the form shown.
 */
export async function repliesThatDiffer(
  { item, answers }: StoredCase,
  logs: CaseLogs,
): Promise<string[]> {
  const differ: string[] = []
  for (const { index, sealed } of answers) {
    const name = answerName(item.id, index)
    const hash = toB64(await sha256(decodeB64(sealed)))
    const isSigned = [...logs.values()].some((log) => log.answers.get(name)?.sealedHash === hash)
    if (!isSigned) differ.push(name)
  }
  return differ
}

/**
 * Returns the signer of each reply, keyed by answerName. If several logs record a reply, the first
 * of these logs decides.
 */
export const authorsIn = (logs: CaseLogs): Map<string, string> =>
  new Map(
    [...logs.values()]
      .toReversed()
      .flatMap(({ answers }) => [...answers].map(([name, { actor }]) => [name, actor] as const)),
  )
