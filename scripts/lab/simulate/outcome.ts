// Ends a world: lets quiet minutes pass without faults, then days, and compares the stores with the
// requests.
import { concat } from '#protocol/bytes'
import { DAY_MS } from '#protocol/limits'
import type { SimulatedWorld } from '#scripts/lab/simulate/actors/simulated-actor'
import { setFullness } from '#scripts/lab/simulate/actors/events'
import type { Evidence } from '#scripts/lab/simulate/evidence'
import type { WorldOutcome } from '#scripts/lab/simulate/figures'
import { brokenIn } from '#scripts/lab/simulate/invariants'
import { ACCEPTED_IS_KEPT, STORED_ONCE } from '#scripts/lab/simulate/invariants/reports'
import { ENDED_STAYS_ENDED } from '#scripts/lab/simulate/invariants/ended'
import { sha256Hex } from '#scripts/lab/simulate/record'
import { isAccepted } from '#scripts/lab/simulate/sent-requests'
import { anythingWaitsIn } from '#scripts/lab/simulate/objects'
import { readStored } from '#scripts/lab/simulate/schema'
import { readCaseLogs } from '#scripts/lab/simulate/case-rows'
import type { Scheduler } from '#scripts/lab/simulate/scheduler'
import { replayLogs } from '#scripts/lab/simulate/verify-logs'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
/** A lost waiting mark is restored within an hour, and small runs then take some more minutes. */
const MAX_QUIET_MINUTES = 90
/** The clock needs two runs to set the waiting mark to `idle`. */
const MARK_MINUTES = 3
/**
 * After this many days, the notes about ended threads are old enough to delete. By then, the worker
 * has also noticed the files that no report lists.
 */
const NOTES_DAYS = 2
/** After this many more days, the noticed files are deleted. */
const FILES_DAYS = 32

/** Runs the work of actors under the scheduler. */
export async function act(world: SimulatedWorld, work: () => Promise<void>): Promise<void> {
  let isDone = false
  const working = work().finally(() => (isDone = true))
  await world.scheduler.run(() => isDone)
  await working
}

/** Runs the chores at the beginning of each following minute, until `isOver`. */
async function runMinutes(
  { scheduler, edge, wallClock }: SimulatedWorld,
  count: number,
  isOver: (minute: number) => boolean = () => false,
): Promise<void> {
  for (let minute = 0; minute < count; minute++) {
    await scheduler.pause(MINUTE_MS - (wallClock() % MINUTE_MS), 'quiet minute')
    await edge.runChores()
    if (isOver(minute)) return
  }
}

/**
 * Jumps ahead by some days, and runs the chores once, while the clock is in doubt. Then jumps to
 * the last minute of an hour, and runs the chores until the next hour has begun.
 */
async function passDays(world: SimulatedWorld, days: number): Promise<void> {
  world.stepClock(days * DAY_MS)
  await runMinutes(world, 1)
  world.stepClock(3 * HOUR_MS - (world.wallClock() % HOUR_MS) - MINUTE_MS)
  await runMinutes(world, 1 + MARK_MINUTES)
}

/** Waits through quiet minutes, then days, and gathers the contents of the stores. */
export async function evidenceOf(world: SimulatedWorld): Promise<Evidence> {
  const { profile, record, calls, database, bucket, organisation } = world
  calls.isQuiet = true
  setFullness(world, 0)
  const read = () => readStored(database, bucket, { nowMs: world.wallClock(), whole: record.whole })
  const before = read()
  let quietMinutes = 0
  await act(world, async () => {
    // Calls that were hanging when the faults ended finish in the first two minutes.
    await runMinutes(world, MAX_QUIET_MINUTES, (at) => {
      quietMinutes = at + 1
      return at > 1 && !anythingWaitsIn(bucket)
    })
    await runMinutes(world, MARK_MINUTES)
  })
  const isDrained = !anythingWaitsIn(bucket)
  await act(world, () => passDays(world, NOTES_DAYS))
  const after = read()
  await act(world, () => passDays(world, FILES_DAYS))
  const current = organisation.epochs[profile.retiresEpoch ? 1 : 0]
  return {
    profile,
    record,
    before,
    after,
    later: read(),
    quietMinutes,
    isDrained,
    caseLogs: await replayLogs(readCaseLogs(database), organisation.members),
    keysHash: sha256Hex(concat(current.bytes, current.hybridKey)),
  }
}

export function outcomeOf(seed: number, evidence: Evidence, scheduler: Scheduler): WorldOutcome {
  const { record } = evidence
  const ended = record.ends.filter((end) => end.isRightToken && isAccepted([end.request]))
  return {
    seed,
    trace: scheduler.trace,
    lines: scheduler.lines,
    requests: record.requests.length,
    steps: scheduler.steps,
    accepted: [...record.envelopes.values()].filter((each) => isAccepted(each.requests)).length,
    lost: ACCEPTED_IS_KEPT.faults(evidence).length,
    doubled: STORED_ONCE.faults(evidence).length,
    ended: new Set(ended.map(({ ownerHash }) => ownerHash)).size,
    alive: ENDED_STAYS_ENDED.faults(evidence).length,
    broken: brokenIn(evidence),
  }
}
