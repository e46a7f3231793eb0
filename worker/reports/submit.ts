// Takes in a sealed report. Whatever is well formed is stored: a missing proof lowers the lane, a follow-up that finds no thread
// becomes a report of its own, and what the database cannot take waits in R2, so that nobody's words are lost and nothing is
// told about a number.
import { sameBytes, sha256, type Bytes } from '#protocol/bytes'
import { KIND, readEnvelope, type EnvelopeHeader } from '#protocol/envelope'
import { Refusal } from '#protocol/errors'
import { hasProof } from '#protocol/proof'
import { dayOf } from '#protocol/report'
import type { Deps } from '#worker/deps'
import { inTime } from '#worker/in-time'
import { requireOpenEpoch } from '#worker/keys/require-open'
import {
  anyReportWaits,
  findWaiting,
  keepWaiting,
  trayFor,
  type Waiting,
} from '#worker/store/overflow'
import { insertFollowUp, lookUp, type SealedReport, type Sealer } from '#worker/store/reports'
import { joinOrInsert } from './insert-once.ts'

export interface Arrival {
  envelope: Bytes
  sealedBy: Sealer
  /** nonce of the proof of work, when the page found one */
  proof: number | null
  /** the receipt's write token, 32 bytes: only with a follow-up */
  writeToken: Bytes | null
}

export interface TakenIn {
  /** in flood mode it went to lane B, where a check could raise it */
  couldRise: boolean
}

/**
 * Stores a report once, however often it arrives. Whether it is here is asked first: what was taken in once is taken in for good, and
 * what comes again is counted for nothing.
 *
 * When the database cannot tell which epochs stand, the report is kept unjudged: it must not be lost for that.
 *
 * @throws Refusal the codes of readEnvelope and requireOpenEpoch; `report_id_taken` when other bytes have this id; `unavailable`
 *   when neither the database nor R2 takes it
 */
export async function submitReport(deps: Deps, arrival: Arrival): Promise<TakenIn> {
  const envelope = readEnvelope(arrival.envelope)
  const { id, danger } = envelope
  const envelopeHash = await sha256(arrival.envelope)
  const [found, waiting] = await Promise.all([
    inTime(() => lookUp(deps.db, id)),
    inTime(() => findWaiting(deps.bucket, { id, danger, envelopeHash })),
  ])
  if (found?.hash) {
    if (!sameBytes(found.hash, envelopeHash)) throw new Refusal('report_id_taken')
    return { couldRise: false }
  }
  if (waiting) return waiting
  const judged =
    found &&
    (await inTime(async () => {
      await requireOpenEpoch(deps, envelope)
      return found
    }))
  return storeReport(deps, envelope, arrival, judged?.bytes ?? null)
}

/**
 * Stores what is known to be sealed to an open epoch, or what nobody can judge now.
 *
 * @param databaseBytes  how large the database is; null when it does not answer
 * @throws Refusal `report_id_taken`, `unavailable`
 */
export async function storeReport(
  deps: Deps,
  header: EnvelopeHeader,
  arrival: Arrival,
  databaseBytes: number | null,
): Promise<TakenIn> {
  const weighed = await weighReport(deps, header, arrival, databaseBytes)
  await placeReport(deps, weighed)
  return { couldRise: weighed.couldRise }
}

interface Weighed extends Waiting {
  report: SealedReport
  /** its place is R2 now: in a flood, or when the database has no room for its like */
  waits: boolean
  /** the database has no room for one of lane B, which a follow-up is that finds no thread */
  strayWaits: boolean
}

/** Finds its lane, and whether the database has room for it now. */
async function weighReport(
  deps: Deps,
  { id, kind, danger, epoch, lookupHash, writeHash }: EnvelopeHeader,
  { envelope, sealedBy, proof, writeToken }: Arrival,
  databaseBytes: number | null,
): Promise<Weighed> {
  const now = deps.now()
  const followsUp = kind === KIND.followUp
  const tokenHash = followsUp && writeToken ? await sha256(writeToken) : null
  const proven = !followsUp && proof !== null && (await hasProof(envelope, now, proof))
  const isFlooded = await deps.isFlooded(tokenHash ? 'followUps' : proven ? 'proven' : 'reports')
  const lane = proven && !isFlooded ? 'A' : 'B'
  const isFull = (bound: number) => databaseBytes === null || databaseBytes >= bound
  const { all, laneB } = deps.fullAt
  return {
    report: {
      ...{ id, kind, danger, epoch, lookupHash, writeHash, sealedBy, envelope, lane },
      receivedDay: dayOf(now),
      envelopeHash: await sha256(envelope),
    },
    tokenHash,
    couldRise: isFlooded && !followsUp,
    waits: isFlooded || isFull(tokenHash || lane === 'A' ? all : laneB),
    strayWaits: isFull(laneB),
  }
}

/** Puts it into the database or, when it waits, into R2; what fails there goes to the other. */
async function placeReport(deps: Deps, weighed: Weighed): Promise<void> {
  const { report, tokenHash, couldRise, strayWaits } = weighed
  let { waits } = weighed
  if (tokenHash && !waits) {
    const joined = await inTime(() => insertFollowUp(deps.db, report, tokenHash))
    if (joined) return
    // A thread may itself be waiting: what follows it up must not come in before it.
    const threadMayWait =
      joined === null || (await inTime(() => anyReportWaits(deps.bucket))) === true
    // One that finds no thread is a report without a proof, and counts as such: any token at all would pass their rate otherwise.
    waits = threadMayWait || strayWaits || (await deps.isFlooded('reports'))
  }
  const places = [
    async () => {
      await joinOrInsert(deps, report, tokenHash)
      return true
    },
    () => storeWaiting(deps, report, { tokenHash, couldRise }),
  ]
  for (const place of waits ? places.reverse() : places) if (await inTime(place)) return
  throw new Refusal('unavailable')
}

async function storeWaiting(deps: Deps, report: SealedReport, waiting: Waiting): Promise<true> {
  const tray = trayFor(report, waiting.tokenHash !== null)
  if (await keepWaiting(deps.bucket, tray, report, waiting)) return true
  throw new Refusal('report_id_taken')
}
