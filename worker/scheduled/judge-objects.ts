// Reads objects of the overflow or the quarantine, and judges whether somebody can open them.
import { Refusal } from '#protocol/errors'
import { CHECKED_GRADE } from '#protocol/limits'
import { KIND, readEnvelope, reportIdOf, type Envelope } from '#protocol/report/envelope'
import type { Deps } from '#worker/deps'
import { requireKnownEpoch } from '#worker/keys/require-open-epoch'
import type { DrainMark } from '#worker/store/drain-mark'
import { findEpochs } from '#worker/store/epochs'
import type { DrainedReport } from '#worker/store/insert-reports'
import { readWaiting, type WaitingReport } from '#worker/store/overflow'
import { gradeIn, type Partition } from '#worker/store/partitions'
import type { EndedReceipt } from '#worker/store/replies'
import type { RunSize } from './share-run.ts'

/** The state of a run of the drain. */
export interface Drain {
  deps: Deps
  size: RunSize
  /** the database has room for reports of grade 0, as which a follow-up without a thread counts */
  takesStrays: boolean
  /** rounds over the partitions of reports, see [Note: rounds] */
  rounds: Pick<DrainMark, 'rounds' | 'first'>
  /** number of objects that the quarantine may still take */
  roomAside: number
  /** number of follow-ups that may still join a thread */
  joinsLeft: number
  /** keys of objects that R2 can delete now */
  done: string[]
  /** keys of objects that the run tried to judge or to store, in vain */
  failed: Set<string>
  /** keys of objects that the run did not come to */
  untried: Set<string>
  /** receipts that were ended while their report waited */
  ended: EndedReceipt[]
  /** the first failure of a store */
  error: Error | null
}

export interface ObjectPlace {
  partition: Partition
  key: string
}

/** An object that somebody can open. */
export interface JudgedObject extends ObjectPlace {
  report: DrainedReport
  /** SHA-256 of the write token of a follow-up */
  tokenHash: WaitingReport['tokenHash']
  /** rounds when a follow-up arrived, or null */
  round: number | null
}

/** The platform allows this many open connections. */
const AT_ONCE = 6

/** Runs `work` on each item, a few at once. An item whose work throws counts as failed. */
export async function forEachOf<T extends ObjectPlace>(
  drain: Drain,
  items: readonly T[],
  work: (item: T) => Promise<void>,
): Promise<void> {
  for (let first = 0; first < items.length; first += AT_ONCE)
    await Promise.all(
      items.slice(first, first + AT_ONCE).map(async (item) => {
        try {
          await work(item)
        } catch (error) {
          noteFailure(drain, [item], error)
        }
      }),
    )
}

export function noteFailure(drain: Drain, items: readonly ObjectPlace[], error: unknown): void {
  drain.error ??= error instanceof Error ? error : new Error(String(error))
  for (const { key } of items) drain.failed.add(key)
}

interface ReadObject extends ObjectPlace {
  waiting: WaitingReport
  envelope: Envelope | null
}

/**
 * Reads and judges objects.
 *
 * @param refuse  is called with an object that nobody can judge now
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
    const report = await reportOf(partition, waiting, envelope)
    const { tokenHash, round } = waiting
    judged.set(key, { partition, key, report, tokenHash, round })
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

async function reportOf(
  partition: Partition,
  { envelope: bytes, sealedBy, receivedDay, isChecked }: WaitingReport,
  { kind, danger, epoch, headerId, ownerHash, writeHash }: Envelope,
): Promise<DrainedReport> {
  const isProven = kind !== KIND.followUp && !isChecked
  return {
    id: await reportIdOf(bytes),
    kind,
    danger,
    epoch,
    headerId,
    ownerHash,
    writeHash,
    sealedBy,
    receivedDay,
    envelope: bytes,
    grade: isProven ? gradeIn(partition) : 0,
    checkedGrade: isChecked ? CHECKED_GRADE : 0,
  }
}
