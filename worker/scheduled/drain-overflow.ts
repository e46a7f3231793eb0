// Empties the overflow into the database, as many objects in each run as the plan allows.
// A run takes objects of every partition: see share-run.ts. Each run continues where the last run
// stopped.
// A report that the drain stores twice changes nothing.
// The drain moves a report that it cannot judge into quarantine, and judges the report again later.
import { reportIdOf } from '#protocol/report/envelope'
import type { Deps } from '#worker/deps'
import { databaseBytes } from '#worker/store/database'
import { readDrainMark, writeDrainMark, type DrainMark } from '#worker/store/drain-mark'
import { dropWaiting } from '#worker/store/overflow'
import { quarantine } from '#worker/store/overflow-moves'
import { isFollowUpPartition, PARTITIONS, type Partition } from '#worker/store/partitions'
import { endThreads } from '#worker/store/replies'
import { readMark, type WaitingMark } from '#worker/store/waiting-mark'
import { judgeObjects, type Drain, type ObjectPlace } from './judge-objects.ts'
import { judgeQuarantine, MAX_QUARANTINED } from './judge-quarantine.ts'
import { endRound, listPass, movePass, type Offer } from './list-pass.ts'
import { isJudging, isLooking, settleMark } from './settle-mark.ts'
import { mostOf, sharesOf } from './share-run.ts'
import { storeJudged } from './store-waiting.ts'

/** The share of a run's unused objects for the quarantine, because statements are few. */
const JUDGED_SHARE = 1 / 4

/**
 * Drains the overflow if the waiting mark says that a report may wait, and always once an hour.
 * See [Note: waiting mark] in worker/store/waiting-mark.ts.
 *
 * @throws the error of a store that does not answer; the other reports wait for the next run
 */
export async function drainOverflow(deps: Deps): Promise<void> {
  const mark = await readMark(deps.bucket)
  if (!isLooking(mark, deps.now())) return
  try {
    await drainMarked(deps, mark)
  } finally {
    await settleMark(deps, mark)
  }
}

async function drainMarked(deps: Deps, mark: WaitingMark): Promise<void> {
  const bytes = await databaseBytes(deps.db)
  if (bytes >= deps.fullAt.all) return
  const drainMark = await readDrainMark(deps.bucket, deps.now())
  const drain: Drain = {
    deps,
    size: deps.runSize,
    takesStrays: bytes < deps.fullAt.unproven,
    rounds: drainMark,
    roomAside: MAX_QUARANTINED - mark.aside,
    joinsLeft: deps.runSize.joins,
    done: [],
    failed: new Set(),
    untried: new Set(),
    ended: [],
    error: null,
  }
  const used = await drainPartitions(drain, drainMark, bytes)
  if (isJudging(mark, deps.now())) {
    await judgeQuarantine(drain, Math.floor((drain.size.objects - used) * JUDGED_SHARE))
    await removeDrained(drain)
  }
  if (drain.error !== null) throw drain.error
}

/** Drains the shares of all partitions. @returns the number of objects that the run took */
async function drainPartitions(drain: Drain, mark: DrainMark, bytes: number): Promise<number> {
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
    moved = endRound(moved)
    drain.rounds = moved
  }
  const used = PARTITIONS.reduce((sum, partition) => sum + shares[partition], 0)
  // An empty overflow has no round, so that the clock writes nothing while nothing waits.
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
async function removeDrained({ deps, done, ended }: Drain): Promise<void> {
  await endThreads(deps.db, ended.splice(0))
  await dropWaiting(deps.bucket, done.splice(0))
}
