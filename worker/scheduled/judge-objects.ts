// Reads objects of the overflow or the quarantine, and judges whether somebody can open them.
import { Refusal } from '#protocol/errors'
import { readEnvelope, type Envelope } from '#protocol/report/envelope'
import { requireKnownEpoch } from '#worker/keys/require-open-epoch'
import { findEpochs } from '#worker/store/ledger/epochs'
import { reportOfWaiting, type DrainedReport } from '#worker/store/overflow/report-of-waiting'
import { readWaiting, type WaitingReport } from '#worker/store/overflow/objects'
import { forEachOf, type Drain, type ObjectPlace } from './drain-run.ts'

/** An object that somebody can open. */
export interface JudgedObject extends ObjectPlace {
  report: DrainedReport
  /** SHA-256 of the write token of a follow-up */
  tokenHash: WaitingReport['tokenHash']
  /** cycles when a follow-up arrived, or null */
  cycle: number | null
}

interface ReadObject extends ObjectPlace {
  waiting: WaitingReport
  envelope: Envelope | null
}

/**
 * Reads and judges objects.
 *
 * @param refuse  called with an object that nobody can judge now
 */
export async function judgeObjects(
  drain: Drain,
  places: readonly ObjectPlace[],
  refuse: (object: ObjectPlace, waiting: WaitingReport) => Promise<void>,
): Promise<JudgedObject[]> {
  const read = new Map<string, ReadObject>()
  await forEachOf(drain, places, async (place) => {
    const waiting = await readWaiting(drain.deps.bucket, place.key)
    if (waiting) read.set(place.key, { ...place, waiting, envelope: readable(waiting) })
  })
  const objects = places.flatMap(({ key }) => read.get(key) ?? [])
  const numbers = objects.flatMap(({ envelope }) => envelope?.epoch ?? [])
  const epochs = await findEpochs(drain.deps.db, [...new Set(numbers)])
  const judged = new Map<string, JudgedObject>()
  await forEachOf(drain, objects, async ({ partition, key, waiting, envelope }) => {
    const find = (epoch: number) => Promise.resolve(epochs.get(epoch) ?? null)
    if (!envelope || !(await isOpenable(() => requireKnownEpoch(find, envelope))))
      return refuse({ partition, key }, waiting)
    const report = await reportOfWaiting(partition, waiting, envelope)
    const { tokenHash, cycle } = waiting
    judged.set(key, { partition, key, report, tokenHash, cycle })
  })
  return places.flatMap(({ key }) => judged.get(key) ?? [])
}

function readable({ envelope }: WaitingReport): Envelope | null {
  try {
    return readEnvelope(envelope)
  } catch (error) {
    if (error instanceof Refusal) return null
    throw error
  }
}

async function isOpenable(require: () => Promise<void>): Promise<boolean> {
  try {
    await require()
    return true
  } catch (error) {
    if (error instanceof Refusal) return false
    throw error
  }
}
