// Holds the state of a run of the drain, and works on a few objects at once. An object whose work
// throws counts as failed, and the run goes on.
import type { Deps } from '#worker/deps'
import type { DrainMark } from '#worker/store/overflow/drain-mark'
import type { Partition } from '#worker/store/overflow/partitions'
import type { EndedReceipt } from '#worker/store/reports/replies'
import type { RunSize } from './share-run.ts'

/** The state of a run of the drain. */
export interface Drain {
  deps: Deps
  size: RunSize
  /**
   * true while the database has room for grade 0 reports; a follow-up without a thread counts as
   * one
   */
  takesStrays: boolean
  /** cycles over the partitions of reports, see [Note: cycles] */
  cycles: Pick<DrainMark, 'cycles' | 'first'>
  /** number of objects that the quarantine may still take */
  roomAside: number
  /** number of follow-ups that may still join a thread */
  joinsLeft: number
  /** keys of objects that R2 can delete now */
  done: string[]
  /** keys of objects that the run could not judge or store */
  failed: Set<string>
  /** keys of objects that the run did not reach */
  untried: Set<string>
  /** receipts that ended while their report waited */
  ended: EndedReceipt[]
  /** the first failure of a store */
  error: Error | null
}

export interface ObjectPlace {
  partition: Partition
  key: string
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
