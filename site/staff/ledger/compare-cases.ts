// Compares all case logs with the last checkpoint, and with this browser's own rows. This detects
// cases that a server has truncated or omitted, even cases that the browser has never seen.
import { concat, sameBytes, toB64, type Bytes } from '#protocol/bytes'
import { ID_BYTES } from '#protocol/limits'
import { factsHash, caseFactsIn } from '#protocol/staff/case-log/facts'
import { HEADS_PAGE } from '#protocol/staff/ledger/checkpoint'
import {
  HEAD_BYTES,
  splitHeads,
  type CaseHead,
  type CaseLeaf,
} from '#protocol/staff/ledger/checkpoint-leaves'
import { CLOCK_MS, NO_ROW } from '#protocol/staff/chain'
import { HOUR_MS } from '#protocol/staff/ledger/roster-checks'
import { type Roster } from '#protocol/staff/ledger/roster-state'
import { fetchCaseHeads } from '../api/checkpoint-api.ts'
import { pausesOften } from '../ui/pause-often.ts'
import { fetchLogs, hashAfter, type FetchedLog } from './fetch-logs.ts'
import { byCaseId, newestLeaves, type CaseLeaves } from './newest-leaves.ts'
import { replayLog } from './replay-log.ts'
import { rememberHeads, signedCases, type SignedCase } from './known-heads.ts'

/** The reason why no checkpoint is signed. */
export type CheckpointFault =
  /** ids of cases whose logs are shorter than before, or different */
  | { is: 'cut'; cases: string[] }
  /** ids of cases that have lacked rows from this browser since a keeper restarted the ledger */
  | { is: 'restarted'; cases: string[] }
  /** the server withholds or changes the leaves of the last checkpoint, a log, or newer rows */
  | { is: 'withheld' }

export type Comparison =
  | CheckpointFault
  /** the logs or the ledger have grown in the meantime, so the comparison starts again */
  | { is: 'moved' }
  /** `leaves` are those of the next checkpoint, ordered by case id */
  | { is: 'held'; leaves: CaseLeaf[] }

/**
 * Compares all logs. Also updates the newest head that is remembered for each case with a row from
 * this browser.
 *
 * @param roster  the roster of a valid ledger
 * @param isAll  false when nothing is signed afterwards; then only logs with rows from this browser
 *   are replayed
 * @throws Refusal `malformed` for broken heads, and the refusals of the requests
 */
export async function compareCases(roster: Roster, isAll: boolean): Promise<Comparison> {
  const before = await newestLeaves(roster)
  if (!before) return { is: 'withheld' }
  // Rows that this browser signs from now on may be newer than the heads.
  const own = new Map(signedCases(roster).map((each) => [each.caseId, each]))
  const shown = await byCaseId(await fetchAllHeads())
  const isOther = (id: string, { hash }: CaseHead): boolean => {
    const [leaf, signed] = [before.get(id), own.get(id)]
    const isNew = isAll && !(leaf && sameBytes(leaf.hash, hash))
    return isNew || (signed !== undefined && signed.head !== toB64(hash))
  }
  const others = [...shown].flatMap(([id, head]) => (isOther(id, head) ? [id] : []))
  const logs = await fetchLogs(others)
  const cut = [...before].flatMap(([id, leaf]) =>
    isHeld(leaf, shown.get(id), logs.get(id)) ? [] : [id],
  )
  const lost = [...own.values()].filter((signed) => {
    const { caseId } = signed
    const n = rowOf(signed, shown.get(caseId), logs.get(caseId))
    const wasShown = n <= (before.get(caseId)?.n ?? 0) || !isCovered(signed, roster)
    return n === 0 || !wasShown
  })
  const fault = faultOf(roster, cut, lost)
  if (fault) return fault
  if (isAll && others.some((id) => !logs.has(id))) return { is: 'withheld' }
  const leaves: CaseLeaf[] = []
  const pause = pausesOften()
  for (const [id, head] of shown) {
    const leaf = await leafFor(id, head, { roster, before, log: logs.get(id) })
    if ('is' in leaf) return leaf
    leaves.push(leaf)
    await pause()
  }
  const found = signedCases(roster).flatMap(({ caseId, head }) => {
    const now = shown.get(caseId)
    return now && own.get(caseId)?.head === head ? [{ caseId, head: toB64(now.hash) }] : []
  })
  rememberHeads(roster, found)
  return { is: 'held', leaves }
}

/** Returns the number of this browser's own row in the log that the server shows, or 0. */
function rowOf({ head }: SignedCase, now: CaseHead | undefined, log: FetchedLog | undefined) {
  if (!now) return 0
  return toB64(now.hash) === head ? now.n : (log?.hashes.indexOf(head) ?? -1) + 1
}

/**
 * Returns true for a row so old that the server must have shown it to the last checkpoint's signer.
 */
const isCovered = ({ at }: SignedCase, { checkpoint }: Pick<Roster, 'checkpoint'>): boolean =>
  checkpoint !== null && Date.parse(at) + HOUR_MS < Date.parse(checkpoint.at)

/** A log must either be unchanged or have grown. */
function isHeld(leaf: CaseHead, now: CaseHead | undefined, log: FetchedLog | undefined): boolean {
  if (!now || now.n < leaf.n) return false
  if (now.n === leaf.n) return sameBytes(now.hash, leaf.hash)
  return !log || hashAfter(log, leaf.n) === toB64(leaf.hash)
}

/**
 * Rows that were lost in a restart are listed once. The person then confirms having seen the list.
 */
function faultOf(
  { restart }: Pick<Roster, 'restart'>,
  cut: readonly string[],
  lost: readonly { caseId: string; at: string }[],
): CheckpointFault | null {
  const isBefore = (at: string): boolean =>
    restart !== null && Date.parse(at) <= Date.parse(restart.at) + CLOCK_MS
  const unexcused = lost.filter(({ at }) => !isBefore(at)).map(({ caseId }) => caseId)
  const cases = [...new Set([...cut, ...unexcused])]
  if (cases.length > 0) return { is: 'cut', cases }
  return lost.length > 0 ? { is: 'restarted', cases: lost.map(({ caseId }) => caseId) } : null
}

interface Known {
  roster: Roster
  before: CaseLeaves
  /** undefined for a log that the last checkpoint covers, or that is not replayed */
  log: FetchedLog | undefined
}

/**
 * A log that a colleague signed under a newer ledger is checked later. A log that does not contain
 * its head counts as withheld.
 */
async function leafFor(
  caseId: string,
  head: CaseHead,
  { roster, before, log }: Known,
): Promise<CaseLeaf | { is: 'moved' | 'withheld' }> {
  const leaf = before.get(caseId)
  if (leaf && sameBytes(leaf.hash, head.hash)) return leaf
  if (!log) return { ...head, facts: NO_ROW }
  if (hashAfter(log, head.n) !== toB64(head.hash)) return { is: 'withheld' }
  const replayed = await replayLog(caseId, log.rows.slice(0, head.n), roster)
  const { fault, otherHead } = replayed
  if (otherHead) return { is: 'moved' }
  // A broken log proves nothing, and the screen of its case reports the fault.
  return { ...head, facts: fault ? NO_ROW : await factsHash(caseId, caseFactsIn(replayed)) }
}

/**
 * @throws Refusal `malformed` for pages whose ids do not ascend, because the loop might never end
 */
async function fetchAllHeads(): Promise<CaseHead[]> {
  const pages: Bytes[] = []
  let last: Bytes = new Uint8Array()
  for (;;) {
    const page = await fetchCaseHeads(toB64(last.subarray(0, ID_BYTES)))
    splitHeads(concat(last, page))
    pages.push(page)
    if (page.length < HEADS_PAGE * HEAD_BYTES) return splitHeads(concat(...pages))
    last = page.subarray(-HEAD_BYTES)
  }
}
