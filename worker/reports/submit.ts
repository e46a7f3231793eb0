// Submits a sealed report. The edge stores every well-formed report that is sealed to an open
// epoch, so that no words are lost. See place-report.ts for where a report is stored, and
// docs/overflow.md for the rules.
import { gradeOfBits, proofBits } from '#protocol/crypto/proof-of-work'
import type { Grade } from '#protocol/limits'
import { KIND, readEnvelope, reportIdOf, type EnvelopeHeader } from '#protocol/report/envelope'
import type { Deps } from '#worker/deps'
import { NO_ANSWER, withTimeout } from '#worker/with-timeout'
import { requireOpenEpoch } from '#worker/keys/require-open-epoch'
import { readArrivalFacts } from '#worker/store/reports/arrival-facts'
import { findWaiting, isWaiting, type WaitingFacts } from '#worker/store/overflow/objects'
import type { Placement } from '#worker/store/overflow/partitions'
import { askMark, type MarkReading } from '#worker/store/overflow/waiting-mark'
import { readOrRemember } from '#worker/store/overflow/remembered-mark'
import { placeReport, type Placed, type Arrival } from './place-report.ts'

/**
 * Stores a report once, however often a page sends it.
 *
 * The verb first looks for a stored or waiting copy, because the rate limit must not count a
 * repeated request. At the same time the verb reads the epoch and the database size. A proof of
 * work counts for only one report: a second report with the same proof has grade 0. When the
 * database does not respond, the verb stores the report without checks, so that the report is not
 * lost.
 *
 * @throws Refusal  with a code from readEnvelope or requireOpenEpoch; `unavailable` when neither
 *   the database nor R2 accepts the report
 */
export async function submitReport(deps: Deps, arrival: Arrival): Promise<Placed> {
  const header = readEnvelope(arrival.envelope)
  const id = await reportIdOf(arrival.envelope)
  const { headerId, kind, danger, epoch } = header
  const proven = { id, headerId, danger, epoch, grade: gradeOf(deps.now(), header, arrival) }
  const isFollowUp = kind === KIND.followUp
  const mayJoin = isFollowUp && arrival.writeToken !== null
  const [facts, waiting] = await Promise.all([
    withTimeout(() => readArrivalFacts(deps.db, proven)),
    withTimeout(async () => {
      const { bucket } = deps
      const mark = await (isFollowUp ? askMark(bucket) : readOrRemember(bucket, deps.now()))
      return lookInOverflow(deps, proven, mark, mayJoin)
    }),
  ])
  if (facts !== NO_ANSWER && facts.isStored) return { canBePromoted: false }
  if (waiting !== NO_ANSWER && waiting.copy) return waiting.copy
  const isProofUsed =
    (facts !== NO_ANSWER && facts.isProofUsed) || (waiting !== NO_ANSWER && waiting.isProofUsed)
  if (facts !== NO_ANSWER)
    try {
      await requireOpenEpoch(facts.epoch, header, deps.now())
    } catch (refusal) {
      // A carrier may send a waiting report again with a different proof, although the edge has
      // already accepted it.
      if (waiting !== NO_ANSWER && (await waitsAnywhere(deps, proven, waiting.mark)))
        return { canBePromoted: false }
      throw refusal
    }
  return placeReport(deps, {
    id,
    header,
    arrival,
    grade: isProofUsed ? 0 : proven.grade,
    databaseBytes: facts === NO_ANSWER ? NO_ANSWER : facts.databaseBytes,
    mayThreadWait: mayJoin && waiting !== NO_ANSWER && waiting.mark === 'waits',
  })
}

/** Looks for a waiting copy of a report. R2 is not queried while nothing waits. */
async function lookInOverflow(
  { bucket }: Deps,
  report: Placement,
  mark: MarkReading,
  mayJoin: boolean,
): Promise<WaitingFacts & { mark: MarkReading }> {
  if (mark !== 'waits') return { copy: null, isProofUsed: false, mark }
  return { ...(await findWaiting(bucket, report, mayJoin)), mark }
}

/**
 * Returns true when the report waits under any key. Returns false when R2 does not respond.
 *
 * @param mark  read again if it was only remembered
 */
async function waitsAnywhere(
  deps: Deps,
  { id, headerId, danger }: Placement,
  mark: MarkReading,
): Promise<boolean> {
  const found = await withTimeout(async () => {
    const present = mark === 'wasIdle' ? await askMark(deps.bucket) : mark
    return present === 'waits' && isWaiting(deps.bucket, id, headerId, danger)
  })
  return found === true
}

/**
 * Derives the grade of a report from its proof. A follow-up has grade 0, with or without a proof.
 */
const gradeOf = (now: number, { kind, headerId }: EnvelopeHeader, { proof }: Arrival): Grade =>
  kind === KIND.followUp || proof === null ? 0 : gradeOfBits(proofBits(headerId, now, proof))
