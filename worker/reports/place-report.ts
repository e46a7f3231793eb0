// Stores a report in the database or in the overflow. A report goes into the overflow during a
// flood, and while the database is full or does not respond. A follow-up without a thread becomes a
// separate report.
import { type Bytes, sha256 } from '#protocol/bytes'
import { Refusal } from '#protocol/errors'
import { CHECKED_GRADE, type Grade } from '#protocol/limits'
import { KIND, type EnvelopeHeader } from '#protocol/report/envelope'
import { dayOf } from '#protocol/time'
import type { Deps } from '#worker/deps'
import { readCycles } from '#worker/store/overflow/drain-mark'
import { insertFollowUp } from '#worker/store/reports/follow-ups'
import type { Waiting } from '#worker/store/overflow/objects'
import { putUnderMark, putWaiting } from '#worker/store/overflow/put-waiting'
import { insertReport, type ArrivedReport, type Sealer } from '#worker/store/reports/reports'
import { NO_ANSWER, withTimeout, type NoAnswer } from '#worker/with-timeout'
import { boundFor } from './database-bounds.ts'

/** The outcome of placing a report, as far as the edge reveals it to the sender. */
export interface Placed {
  /** true when the report arrived during a flood and had a low grade that a check can raise */
  canBePromoted: boolean
}

/** A report as received in a request. */
export interface Arrival {
  envelope: Bytes
  sealedBy: Sealer
  /** nonce of the proof of work, if the page found one */
  proof: number | null
  /** the receipt's write token, 32 bytes; only with a follow-up */
  writeToken: Bytes | null
}

interface Candidate {
  /** see reportIdOf */
  id: Bytes
  header: EnvelopeHeader
  arrival: Arrival
  /** the grade of the report's proof, which counts for this report only */
  grade: Grade
  /** the database size */
  databaseBytes: number | NoAnswer
  /**
   * true when this follow-up's thread may have been waiting in the overflow when the follow-up
   * arrived
   */
  mayThreadWait: boolean
}

type ReportPlace = 'database' | 'overflow'

interface PlacePlan extends Omit<Waiting, 'cycle'> {
  report: ArrivedReport
  place: ReportPlace
  /** the place of a follow-up without a thread, which counts as a grade 0 report */
  strayPlace: ReportPlace
  mayThreadWait: boolean
}

/**
 * Stores a report whose epoch is open or cannot be checked now.
 *
 * @throws Refusal `unavailable`
 */
export async function placeReport(deps: Deps, candidate: Candidate): Promise<Placed> {
  const plan = await planPlace(deps, candidate)
  if (await carryOut(deps, plan)) deps.arrived(candidate.header.danger, candidate.id)
  return { canBePromoted: plan.canBePromoted }
}

/**
 * Stores a report in the planned place, or in the other place if the planned place fails.
 *
 * @returns false when the report was already stored
 */
async function carryOut(deps: Deps, plan: PlacePlan): Promise<boolean> {
  const { report, tokenHash } = plan
  let { place } = plan
  if (tokenHash && place === 'database') {
    const joined = await withTimeout(() => insertFollowUp(deps.db, report, tokenHash))
    if (joined === true) return true
    place = await placeOfStray(deps, plan, joined)
  }
  const ways = {
    database: () => joinOrInsert(deps, report, tokenHash),
    overflow: () => putIntoOverflow(deps, plan),
  }
  for (const way of [place, place === 'database' ? 'overflow' : 'database'] as const) {
    const isNew = await withTimeout(ways[way])
    if (isNew !== NO_ANSWER) return isNew
  }
  throw new Refusal('unavailable')
}

/**
 * Decides the place of a follow-up for which no thread was found.
 *
 * @param joined  NO_ANSWER when the database did not respond
 */
async function placeOfStray(
  deps: Deps,
  { strayPlace, mayThreadWait }: PlacePlan,
  joined: false | NoAnswer,
): Promise<ReportPlace> {
  // The thread itself may still be waiting in the overflow, and must enter the database before its
  // follow-up. The edge reads the mark before it searches for the thread. If the mark showed that
  // the overflow was empty, every thread sent earlier was in the database. The search would then
  // have found the thread.
  if (joined === NO_ANSWER || mayThreadWait || strayPlace === 'overflow') return 'overflow'
  // A follow-up without a thread counts as a report without a proof, because anybody can make up a
  // token.
  return (await deps.isFlooded('grade0')) ? 'overflow' : 'database'
}

async function putIntoOverflow({ bucket }: Deps, plan: PlacePlan): Promise<true> {
  const cycle = plan.tokenHash === null ? null : await readCycles(bucket)
  await putUnderMark(bucket, () => putWaiting(bucket, plan.report, { ...plan, cycle }))
  return true
}

/**
 * Joins a follow-up to its thread. Stores any other report, and a follow-up without a thread, as a
 * separate report. The same envelope is stored only once.
 *
 * @param tokenHash  null for a report that is not a follow-up
 * @returns false when the report was already stored
 */
const joinOrInsert = async (
  { db }: Deps,
  report: ArrivedReport,
  tokenHash: Bytes | null,
): Promise<boolean> =>
  (tokenHash !== null && (await insertFollowUp(db, report, tokenHash))) || insertReport(db, report)

async function planPlace(
  deps: Deps,
  { id, header, arrival, grade, databaseBytes, mayThreadWait }: Candidate,
): Promise<PlacePlan> {
  const { kind, danger, epoch, headerId, ownerHash, writeHash } = header
  const { envelope, sealedBy, writeToken } = arrival
  const now = deps.now()
  const isFollowUp = kind === KIND.followUp
  const tokenHash = isFollowUp && writeToken ? await sha256(writeToken) : null
  const isFlooded = await deps.isFlooded(tokenHash ? 'followUps' : `grade${grade}`)
  const placeBelow = (bound: number): ReportPlace =>
    databaseBytes === NO_ANSWER || databaseBytes >= bound ? 'overflow' : 'database'
  return {
    report: {
      id,
      kind,
      danger,
      epoch,
      grade,
      sealedBy,
      headerId,
      ownerHash,
      writeHash,
      envelope,
      receivedDay: dayOf(now),
    },
    tokenHash,
    canBePromoted: isFlooded && !isFollowUp && grade < CHECKED_GRADE,
    place: isFlooded
      ? 'overflow'
      : placeBelow(boundFor(deps.fullAt, { grade, danger }, tokenHash !== null)),
    strayPlace: placeBelow(deps.fullAt.unproven),
    mayThreadWait,
  }
}
