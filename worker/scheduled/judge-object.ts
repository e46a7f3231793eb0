// Checks whether the report in an object from the overflow or the quarantine can be opened.
import { Refusal } from '#protocol/errors'
import { readEnvelope, type Envelope } from '#protocol/report/envelope'
import { requireKnownEpoch } from '#worker/keys/require-open-epoch'
import type { findEpochs } from '#worker/store/ledger/epochs'
import type { WaitingReport } from '#worker/store/overflow/objects'
import type { Partition } from '#worker/store/overflow/partitions'
import type { DrainedReport } from '#worker/store/overflow/report-of-waiting'

export interface ObjectPlace {
  partition: Partition
  key: string
}

export interface ReadObject extends ObjectPlace {
  waiting: WaitingReport
  /** null when the bytes are not an envelope */
  envelope: Envelope | null
}

/** An object whose report can be opened. */
export interface JudgedObject extends ObjectPlace {
  report: DrainedReport
  /** SHA-256 of the write token of a follow-up */
  tokenHash: WaitingReport['tokenHash']
  /** number of cycles at the time when the follow-up arrived, or null */
  cycle: number | null
}

/** Reads the envelope of an object. */
export function readObject(place: ObjectPlace, waiting: WaitingReport): ReadObject {
  try {
    return { ...place, waiting, envelope: readEnvelope(waiting.envelope) }
  } catch (error) {
    if (error instanceof Refusal) return { ...place, waiting, envelope: null }
    throw error
  }
}

/**
 * Returns true when a key of a known epoch can open the envelope.
 *
 * @param epochs  the known epochs of the objects in the run
 */
export async function isOpenable(
  envelope: Envelope,
  epochs: Awaited<ReturnType<typeof findEpochs>>,
): Promise<boolean> {
  try {
    await requireKnownEpoch((epoch) => Promise.resolve(epochs.get(epoch) ?? null), envelope)
    return true
  } catch (error) {
    if (error instanceof Refusal) return false
    throw error
  }
}
