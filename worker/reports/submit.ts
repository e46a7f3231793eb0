// Submits a sealed report. The edge stores every well-formed report of an open epoch, so that no
// words are lost.
// See place-report.ts for the place of a report, and docs/overflow.md for the rules.
import { KIND, readEnvelope, reportIdOf } from '#protocol/report/envelope'
import type { Deps } from '#worker/deps'
import { NO_ANSWER, withTimeout } from '#worker/with-timeout'
import { requireOpenEpoch } from '#worker/keys/require-open-epoch'
import { readArrivalFacts } from '#worker/store/arrival-facts'
import { findWaiting } from '#worker/store/overflow'
import { isMarked } from '#worker/store/waiting-mark'
import { placeReport, type Arrival, type Placed } from './place-report.ts'

/**
 * Stores a report once, however often a page sends it.
 *
 * The verb first looks for a stored or waiting copy, because the rate limit must not count a
 * repeated request. At the same time the verb reads the epoch and the size of the database.
 * When the database does not answer, the verb stores the report unjudged, so that it is not lost.
 *
 * @throws Refusal  the codes of readEnvelope and requireOpenEpoch; `unavailable` when neither the
 *   database nor R2 takes the report
 */
export async function submitReport(deps: Deps, arrival: Arrival): Promise<Placed> {
  const header = readEnvelope(arrival.envelope)
  const id = await reportIdOf(arrival.envelope)
  const { kind, danger, epoch } = header
  const mayJoin = kind === KIND.followUp && arrival.writeToken !== null
  const [facts, waiting, mayThreadWait] = await Promise.all([
    withTimeout(() => readArrivalFacts(deps.db, { id, epoch })),
    withTimeout(() => findWaiting(deps.bucket, { id, danger })),
    mayJoin && withTimeout(() => isMarked(deps.bucket)),
  ])
  if (facts !== NO_ANSWER && facts.isStored) return { canBePromoted: false }
  if (waiting !== NO_ANSWER && waiting) return waiting
  const databaseBytes =
    facts === NO_ANSWER
      ? NO_ANSWER
      : await withTimeout(async () => {
          await requireOpenEpoch(facts.epoch, header, deps.now())
          return facts.databaseBytes
        })
  return placeReport(deps, {
    id,
    header,
    arrival,
    databaseBytes,
    mayThreadWait: mayThreadWait === true,
  })
}
