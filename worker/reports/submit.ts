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
import { anyReportWaits, keepWaiting, type Tray } from '#worker/store/overflow'
import {
  findEnvelopeHash,
  insertFollowUp,
  insertReport,
  type SealedReport,
  type Sealer,
} from '#worker/store/reports'

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
 * Stores a report once, however often it arrives.
 *
 * When the database cannot tell which epochs stand, the report is kept unjudged: it must not be lost for that.
 *
 * @throws Refusal the codes of readEnvelope and requireOpenEpoch; `report_id_taken` when other bytes have this id; `unavailable`
 *   when neither the database nor R2 takes it
 */
export async function submitReport(deps: Deps, arrival: Arrival): Promise<TakenIn> {
  const envelope = readEnvelope(arrival.envelope)
  const judged = await inTime(async () => {
    await requireOpenEpoch(deps, envelope)
    return true
  })
  return storeReport(deps, envelope, arrival, judged ?? false)
}

/**
 * Stores what is known to be sealed to an open epoch, or what nobody can judge now.
 *
 * @param isUp the database has just answered
 * @throws Refusal `report_id_taken`, `unavailable`
 */
export async function storeReport(
  deps: Deps,
  header: EnvelopeHeader,
  { envelope, sealedBy, proof, writeToken }: Arrival,
  isUp = true,
): Promise<TakenIn> {
  const { id, kind, danger, epoch, lookupHash, writeHash } = header
  const report: SealedReport = {
    ...{ id, kind, danger, epoch, lookupHash, writeHash, sealedBy, envelope },
    lane: 'B',
    receivedDay: dayOf(deps.now()),
    envelopeHash: await sha256(envelope),
  }
  const followsUp = kind === KIND.followUp
  const tokenHash = followsUp && writeToken ? await sha256(writeToken) : null
  const joined =
    tokenHash && isUp ? await inTime(() => insertFollowUp(deps.db, report, tokenHash)) : null
  if (joined) return { couldRise: false }

  const isFlooded = await deps.isFlooded()
  const proven = proof !== null && (await hasProof(envelope, deps.now(), proof))
  if (proven && !isFlooded && !followsUp) report.lane = 'A'
  const places = [
    () => storeAlone(deps, report),
    () => storeWaiting(deps, tokenHash ? 'f' : report.lane === 'A' ? 'a' : 'b', report, tokenHash),
  ]
  // A thread may itself be waiting: what follows it up must not come in before it.
  const waits =
    isFlooded || !isUp || (tokenHash && (joined === null || (await threadMayWait(deps))))
  for (const place of waits ? places.reverse() : places)
    if (await inTime(place)) return { couldRise: isFlooded && !followsUp }
  throw new Refusal('unavailable')
}

async function storeAlone(deps: Deps, report: SealedReport): Promise<true> {
  if (await insertReport(deps.db, report)) return true
  const stored = await findEnvelopeHash(deps.db, report.id)
  if (!stored || !sameBytes(stored, report.envelopeHash)) throw new Refusal('report_id_taken')
  return true
}

async function storeWaiting(
  deps: Deps,
  tray: Tray,
  report: SealedReport,
  tokenHash: Bytes | null,
): Promise<true> {
  if (await keepWaiting(deps.bucket, tray, report, tokenHash)) return true
  throw new Refusal('report_id_taken')
}

const threadMayWait = (deps: Deps): Promise<boolean | null> =>
  inTime(() => anyReportWaits(deps.bucket))
