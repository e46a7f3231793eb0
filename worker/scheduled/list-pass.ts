// Lists the next objects of a pass over a partition, and advances the pass. See [Note: cycles] in
// worker/store/overflow/drain-mark.ts.
import { NEW_PASS, type DrainMark, type Pass } from '#worker/store/overflow/drain-mark'
import { listAfter } from '#worker/store/overflow/lists'
import { isFollowUpPartition, PARTITIONS, type Partition } from '#worker/store/overflow/partitions'

/**
 * The maximum error of R2's timestamps. The pass also includes objects that seem to have arrived up
 * to this long after `since`.
 */
const CLOCK_ERROR_MS = 120_000
/**
 * Maximum number of list calls in one run. A pass skips objects that arrived after it began, so one
 * run may need several calls.
 */
const LISTS = 3

/** The objects that a pass offers to a run. */
export interface Offer {
  /** keys in the order of the pass */
  keys: string[]
  /** the last key that was listed; empty when no key was listed */
  listedTo: string
  /** true when the list reached the end of the partition */
  isEnd: boolean
}

/** Lists up to `limit` keys after the position of the pass. */
export async function listPass(
  bucket: R2Bucket,
  partition: Partition,
  { at, since }: Pass,
  limit: number,
): Promise<Offer> {
  const keys: string[] = []
  const isOfPass = (uploaded: Date): boolean =>
    since === null || uploaded.getTime() <= since + CLOCK_ERROR_MS
  let listedTo = at
  for (let list = 0; list < LISTS; list++) {
    const { objects, isEnd } = await listAfter(
      bucket,
      partition,
      listedTo,
      list === 0 ? limit : null,
    )
    for (const { key, uploaded } of objects) {
      if (isOfPass(uploaded)) keys.push(key)
      listedTo = key
      if (keys.length === limit)
        return { keys, listedTo, isEnd: isEnd && key === objects.at(-1)?.key }
    }
    if (isEnd) return { keys, listedTo, isEnd }
  }
  return { keys, listedTo, isEnd: false }
}

/**
 * Advances a pass after a run.
 *
 * @param judged  the number of offered keys that the run judged or tried, counted from the first
 *   key
 * @param isWhole  true when no judged object failed
 */
export function movePass(pass: Pass, offer: Offer, judged: number, isWhole: boolean): Pass {
  const moved = { ...pass, isWhole: pass.isWhole && isWhole }
  if (judged < offer.keys.length) return { ...moved, at: offer.keys[judged - 1] ?? pass.at }
  if (!offer.isEnd) return { ...moved, at: offer.listedTo }
  return { ...NEW_PASS, isDone: pass.isDone || moved.isWhole }
}

const REPORTS = PARTITIONS.filter((partition) => !isFollowUpPartition(partition))

/** Ends the cycle when the passes over all partitions of reports are complete. */
export function endCycle(mark: DrainMark): DrainMark {
  if (!REPORTS.every((partition) => mark.passes[partition].isDone)) return mark
  const passes = { ...mark.passes }
  for (const partition of REPORTS) passes[partition] = NEW_PASS
  return { ...mark, cycles: mark.cycles + 1, passes }
}
