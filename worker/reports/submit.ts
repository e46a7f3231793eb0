// Takes in a sealed report. Whatever is well formed is stored: a missing proof lowers the lane, and a follow-up that finds no
// thread becomes a report of its own, so that nobody's words are lost and nothing is told about a number.
import { sameBytes, sha256, type Bytes } from '#protocol/bytes'
import { KIND, readEnvelope } from '#protocol/envelope'
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

  const { id, kind, danger, epoch, lookupHash, writeHash } = envelope
  const proven =
    arrival.proof !== null && (await hasProof(arrival.envelope, deps.now(), arrival.proof))
  const report: SealedReport = {
    ...{ id, kind, danger, epoch, lookupHash, writeHash },
    lane: proven ? 'A' : 'B',
    sealedBy: arrival.sealedBy,
    receivedDay: dayOf(deps.now()),
    envelope: arrival.envelope,
    envelopeHash: await sha256(arrival.envelope),
  }
  if (kind === KIND.followUp && (await joinsThread(deps, report, arrival.writeToken))) return
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
