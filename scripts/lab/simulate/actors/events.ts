// Triggers the events that affect the edge. The clock starts the chores, and sometimes jumps
// forward or back. Instances crash, stores stop responding, the database fills up, and an epoch is
// retired.
import { dayOf } from '#protocol/time'
import {
  pauseUpTo,
  type SimulatedActor,
  type SimulatedWorld,
} from '#scripts/lab/simulate/actors/simulated-actor'
import { DATABASE_MB } from '#scripts/lab/simulate/bindings'
import { publishEpoch, retireEpoch } from '#scripts/lab/simulate/manual-rows'

const MINUTE_MS = 60_000
const WITHIN_MS = 1.5 * MINUTE_MS

/** Runs the chores each minute until `isOver`. Two runs of the clock may overlap. */
export async function playClock(actor: SimulatedActor, isOver: () => boolean): Promise<void> {
  const { world, chance } = actor
  while (!isOver()) {
    await world.scheduler.pause(MINUTE_MS / 2 + chance.below(MINUTE_MS), 'clock')
    const runs = [world.edge.runChores()]
    if (chance.below(3) === 0) runs.push(world.edge.runChores())
    await Promise.race([Promise.all(runs), world.scheduler.pause(MINUTE_MS, 'next minute')])
  }
}

export async function playCrashes(actor: SimulatedActor): Promise<void> {
  for (let at = 0; at < actor.world.profile.crashes; at++) {
    await pauseUpTo(actor, WITHIN_MS)
    actor.world.edge.crash()
  }
}

export async function playClockSteps(actor: SimulatedActor): Promise<void> {
  const { world } = actor
  for (const ms of world.profile.clockSteps) {
    await pauseUpTo(actor, WITHIN_MS)
    world.stepClock(ms)
  }
}

export async function playOutage(actor: SimulatedActor): Promise<void> {
  const { profile, calls, scheduler } = actor.world
  if (!profile.outage) return
  await pauseUpTo(actor, WITHIN_MS)
  calls.outage = profile.outage.store
  scheduler.note(profile.outage.store, 'answers no more')
  await scheduler.pause(profile.outage.minutes * MINUTE_MS, 'end of the outage')
  calls.outage = null
}

/** Sets the size that the database reports. */
export function setFullness({ database, scheduler }: SimulatedWorld, share: number): void {
  database.bytes = share * DATABASE_MB * 1_000_000
  scheduler.note('database', `${share * 100} % full`)
}

export async function playFullness(actor: SimulatedActor): Promise<void> {
  const [first, later] = actor.world.profile.fullness
  setFullness(actor.world, first)
  await pauseUpTo(actor, WITHIN_MS)
  setFullness(actor.world, later)
}

export async function playEpochs(actor: SimulatedActor): Promise<void> {
  const { profile, organisation, database, scheduler, wallClock } = actor.world
  if (!profile.retiresEpoch) return
  await pauseUpTo(actor, WITHIN_MS)
  const [old, next] = organisation.epochs
  publishEpoch(database, next)
  retireEpoch(database, old.manifest.epoch, dayOf(wallClock()))
  scheduler.note(`epoch ${old.manifest.epoch}`, 'is retired')
}
