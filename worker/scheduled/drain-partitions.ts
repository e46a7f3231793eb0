// Drains the share of each partition into the database, and moves the passes on. Reports go before
// follow-ups, so that a follow-up finds its thread.
import { reportIdOf } from '#protocol/report/envelope'
import { writeDrainMark, type DrainMark } from '#worker/store/overflow/drain-mark'
import { dropWaiting } from '#worker/store/overflow/objects'
import { quarantine } from '#worker/store/overflow/moves'
import { isFollowUpPartition, PARTITIONS, type Partition } from '#worker/store/overflow/partitions'
import { endThreads } from '#worker/store/reports/replies'
import type { Drain, ObjectPlace } from './drain-run.ts'
import { judgeObjects } from './judge-objects.ts'
import { endCycle, listPass, movePass, type Offer } from './list-pass.ts'
import { mostOf, sharesOf } from './share-run.ts'
import { storeJudged } from './store-waiting.ts'

/** Drains the shares of all partitions. @returns the number of objects that the run took */
export async function drainPartitions(
  drain: Drain,
  mark: DrainMark,
  bytes: number,
): Promise<number> {
  const { bucket, fullAt } = drain.deps
  const offers = new Map<Partition, Offer>()
  for (const partition of PARTITIONS) {
    const most = mostOf(partition, drain.size, fullAt, bytes)
    if (most > 0)
      offers.set(partition, await listPass(bucket, partition, mark.passes[partition], most))
  }
  const counts = PARTITIONS.map((name) => [name, offers.get(name)?.keys.length ?? 0] as const)
  const shares = sharesOf(Object.fromEntries(counts) as Record<Partition, number>, drain.size)
  const taken = (partition: Partition): string[] =>
    offers.get(partition)?.keys.slice(0, shares[partition]) ?? []
  let moved = mark
  for (const isFollowUps of [false, true]) {
    const group = PARTITIONS.filter((name) => isFollowUpPartition(name) === isFollowUps)
    await drainObjects(
      drain,
      group.flatMap((partition) => taken(partition).map((key) => ({ partition, key }))),
    )
    for (const partition of group) {
      const offer = offers.get(partition)
      if (offer) moved = withPass(moved, partition, offer, taken(partition), drain)
    }
    moved = endCycle(moved)
    drain.cycles = moved
  }
  const used = PARTITIONS.reduce((sum, partition) => sum + shares[partition], 0)
  // An empty overflow has no cycle, so that the clock writes nothing while nothing waits.
  // A pass that has begun is moved on in any case. Otherwise the pass would skip the same object in
  // every run.
  const hasBegun = PARTITIONS.some((partition) => mark.passes[partition].at !== '')
  if (used > 0 || hasBegun) await writeDrainMark(bucket, moved)
  return used
}

function withPass(
  mark: DrainMark,
  partition: Partition,
  offer: Offer,
  taken: string[],
  { untried, failed }: Drain,
): DrainMark {
  const stop = taken.findIndex((key) => untried.has(key))
  const tried = stop < 0 ? taken : taken.slice(0, stop)
  const isWhole = !tried.some((key) => failed.has(key))
  const pass = movePass(mark.passes[partition], offer, tried.length, isWhole)
  return { ...mark, passes: { ...mark.passes, [partition]: pass } }
}

async function drainObjects(drain: Drain, places: ObjectPlace[]): Promise<void> {
  const judged = await judgeObjects(drain, places, async ({ partition, key }, { envelope }) => {
    if (drain.roomAside-- > 0)
      await quarantine(drain.deps.bucket, partition, key, await reportIdOf(envelope))
  })
  try {
    await storeJudged(drain, judged)
  } finally {
    await removeDrained(drain)
  }
}

/**
 * Ends the threads, then deletes the drained objects.
 * If the database cannot end the threads now, the objects stay, and the next run tries again.
 */
export async function removeDrained({ deps, done, ended }: Drain): Promise<void> {
  await endThreads(deps.db, ended.splice(0))
  await dropWaiting(deps.bucket, done.splice(0))
}
