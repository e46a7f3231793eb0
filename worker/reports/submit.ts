// Takes in a sealed report. Whatever is well formed is stored: a missing proof lowers the lane, and a follow-up that finds no
// thread becomes a report of its own, so that nobody's words are lost and nothing is told about a number.
import { sameBytes, sha256, type Bytes } from '#protocol/bytes'
import { KIND, readEnvelope, type EnvelopeHeader } from '#protocol/envelope'
import { Refusal } from '#protocol/errors'
import { hasProof } from '#protocol/proof'
import { dayOf } from '#protocol/report'
import type { Deps } from '#worker/deps'
import { requireOpenEpoch } from '#worker/keys/require-open'
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

/**
 * Stores a report once, however often it arrives.
 *
 * @throws Refusal the codes of readEnvelope and requireOpenEpoch; `report_id_taken` when other bytes have this id
 */
export async function submitReport(deps: Deps, arrival: Arrival): Promise<void> {
  const envelope = readEnvelope(arrival.envelope)
  await requireOpenEpoch(deps, envelope)
  await storeReport(deps, envelope, arrival)
}

/** Stores what is known to be sealed to an open epoch. Throws Refusal `report_id_taken`. */
export async function storeReport(
  deps: Deps,
  { id, kind, danger, epoch, lookupHash, writeHash }: EnvelopeHeader,
  { envelope, sealedBy, proof, writeToken }: Arrival,
): Promise<void> {
  const proven = proof !== null && (await hasProof(envelope, deps.now(), proof))
  const report: SealedReport = {
    ...{ id, kind, danger, epoch, lookupHash, writeHash, sealedBy, envelope },
    lane: proven ? 'A' : 'B',
    receivedDay: dayOf(deps.now()),
    envelopeHash: await sha256(envelope),
  }
  if (kind === KIND.followUp && (await joinsThread(deps, report, writeToken))) return
  const alone: SealedReport = kind === KIND.followUp ? { ...report, lane: 'B' } : report
  if (await insertReport(deps.db, alone)) return

  const stored = await findEnvelopeHash(deps.db, id)
  if (!stored || !sameBytes(stored, report.envelopeHash)) throw new Refusal('report_id_taken')
}

const joinsThread = async (
  deps: Deps,
  report: SealedReport,
  writeToken: Bytes | null,
): Promise<boolean> =>
  writeToken !== null && (await insertFollowUp(deps.db, report, await sha256(writeToken)))
