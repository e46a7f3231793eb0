// Drains the share of each partition into the database, and advances the passes. Reports are
// drained before follow-ups, so that a follow-up finds its thread.
import { reportIdOf } from '#protocol/report/envelope'
import { writeDrainMark, type DrainMark } from '#worker/store/overflow/drain-mark'
import { quarantine } from '#worker/store/overflow/moves'
import { isFollowUpPartition, PARTITIONS, type Partition } from '#worker/store/overflow/partitions'
import type { Cycles, DrainRun } from './drain-run.ts'
import type { ReadObject } from './judge-object.ts'
import { endCycle, listPass, movePass, type Offer } from './list-pass.ts'
import { mostOf, sharesOf } from './share-run.ts'

interface Drained {
  /** number of objects that the run processed */
  used: number
  cycles: Cycles
}

/**
 * Drains the shares of all partitions.
 *
 * @param bytes  the database size
 * @param roomAside  number of objects that still fit into the quarantine
 */
export async function drainPartitions(
  run: DrainRun,
  mark: DrainMark,
  bytes: number,
  roomAside: number,
): Promise<Drained> {
  const { bucket, fullAt, runSize } = run.deps
  let room = roomAside
  const setAside = async ({ partition, key, waiting }: ReadObject): Promise<boolean> => {
    if (room-- > 0) await quarantine(bucket, partition, key, await reportIdOf(waiting.envelope))
    return false
  }
  const offers = new Map<Partition, Offer>()
  for (const partition of PARTITIONS) {
    const most = mostOf(partition, runSize, fullAt, bytes)
    if (most > 0)
      offers.set(partition, await listPass(bucket, partition, mark.passes[partition], most))
  }
  const counts = PARTITIONS.map((name) => [name, offers.get(name)?.keys.length ?? 0] as const)
  const shares = sharesOf(Object.fromEntries(counts) as Record<Partition, number>, runSize)
  const taken = (partition: Partition): string[] =>
    offers.get(partition)?.keys.slice(0, shares[partition]) ?? []
  let moved = mark
  for (const isFollowUps of [false, true]) {
    const group = PARTITIONS.filter((name) => isFollowUpPartition(name) === isFollowUps)
    const places = group.flatMap((partition) => taken(partition).map((key) => ({ partition, key })))
    const judged = await run.judge(places, setAside)
    try {
      await run.store(judged, moved)
    } finally {
      await run.remove()
    }
    for (const partition of group) {
      const offer = offers.get(partition)
      if (offer) moved = withPass(moved, partition, offer, taken(partition), run)
    }
    moved = endCycle(moved)
  }
  const used = PARTITIONS.reduce((sum, partition) => sum + shares[partition], 0)
  // No cycle is recorded for an empty overflow, so that the clock writes nothing while nothing
  // waits. A pass that has begun is always advanced; otherwise it would skip the same object in
  // every run.
  const hasBegun = PARTITIONS.some((partition) => mark.passes[partition].at !== '')
  if (used > 0 || hasBegun) await writeDrainMark(bucket, moved)
  return { used, cycles: moved }
}

function withPass(
  mark: DrainMark,
  partition: Partition,
  offer: Offer,
  taken: string[],
  run: DrainRun,
): DrainMark {
  const stop = taken.findIndex((key) => run.isUntried(key))
  const tried = stop < 0 ? taken : taken.slice(0, stop)
  const isWhole = !tried.some((key) => run.hasFailed(key))
  const pass = movePass(mark.passes[partition], offer, tried.length, isWhole)
  return { ...mark, passes: { ...mark.passes, [partition]: pass } }
}
