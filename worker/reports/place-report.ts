// Stores a report in the database or in the overflow, after deciding between the two.
// A follow-up that finds no thread becomes a report of its own.
import type { Bytes } from '#protocol/bytes'
import { Refusal } from '#protocol/errors'
import type { Deps } from '#worker/deps'
import { NO_ANSWER, withTimeout, type NoAnswer } from '#worker/with-timeout'
import { readRounds } from '#worker/store/drain-mark'
import { insertFollowUp } from '#worker/store/follow-ups'
import { insertReport, type ArrivedReport } from '#worker/store/reports'
import { putUnderMark, putWaiting } from '#worker/store/put-waiting'
import { planPlace, type Candidate, type ReportPlace, type PlacePlan } from './plan-place.ts'

/** The facts about the place of a report that the edge reveals to the sender. */
export interface Placed {
  /** the report came in a flood with a low grade, and a check can raise that grade */
  canBePromoted: boolean
}

/**
 * Stores a report of an open epoch, or a report whose epoch the edge cannot judge now.
 *
 * @throws Refusal `unavailable`
 */
export async function placeReport(deps: Deps, candidate: Candidate): Promise<Placed> {
  const plan = await planPlace(deps, candidate)
  if (await carryOut(deps, plan)) deps.arrived(candidate.header.danger)
  return { canBePromoted: plan.canBePromoted }
}

/**
 * Stores a report in the planned place, or in the other place when the planned one fails.
 *
 * @returns false when the report was stored before
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
 * Decides the place of a follow-up that found no thread.
 *
 * @param joined  NO_ANSWER when the database did not answer
 */
async function placeOfStray(
  deps: Deps,
  { strayPlace, mayThreadWait }: PlacePlan,
  joined: false | NoAnswer,
): Promise<ReportPlace> {
  // The thread may itself wait in the overflow, and must enter the database before its follow-up.
  // The edge read the mark before it searched the thread. If the mark said that the overflow was
  // empty, each thread sent earlier was in the database. The search would have found such a thread.
  if (joined === NO_ANSWER || mayThreadWait || strayPlace === 'overflow') return 'overflow'
  // A stray follow-up counts as a report without a proof, because anybody can make up a token.
  return (await deps.isFlooded('grade0')) ? 'overflow' : 'database'
}

async function putIntoOverflow({ bucket }: Deps, plan: PlacePlan): Promise<true> {
  const round = plan.tokenHash === null ? null : await readRounds(bucket)
  await putUnderMark(bucket, () => putWaiting(bucket, plan.report, { ...plan, round }))
  return true
}

/**
 * Joins a follow-up to its thread. Stores any other report, and a follow-up without a thread, as a
 * report of its own. The same envelope is stored once.
 *
 * @param tokenHash  null for a report that is no follow-up
 * @returns false when the report was stored before
 */
const joinOrInsert = async (
  { db }: Deps,
  report: ArrivedReport,
  tokenHash: Bytes | null,
): Promise<boolean> =>
  (tokenHash !== null && (await insertFollowUp(db, report, tokenHash))) || insertReport(db, report)
