// Defines an actor and the actor's world. An actor waits and sends requests through the world, so
// that the seed determines the time of every step.
import type { Chance } from '#scripts/shared/seeded-random'
import type { ClientAnswer, Edge } from '#scripts/lab/simulate/edge'
import type { SimulatedPerson } from '#scripts/lab/simulate/make-people'
import type { WorldBucket, WorldDatabase } from '#scripts/lab/simulate/world-stores'
import type { SimulatedOrganisation } from '#scripts/lab/simulate/organisation'
import type { Profile } from '#scripts/lab/simulate/profile'
import type { WorldRecord } from '#scripts/lab/simulate/record'
import type { SentRequest } from '#scripts/lab/simulate/sent-requests'
import type { Scheduler } from '#scripts/lab/simulate/scheduler'
import type { StorageCalls } from '#scripts/lab/simulate/storage-calls'

export interface SimulatedWorld {
  profile: Profile
  organisation: SimulatedOrganisation
  scheduler: Scheduler
  record: WorldRecord
  edge: Edge
  calls: StorageCalls
  database: WorldDatabase
  bucket: WorldBucket
  /** milliseconds since 1970 */
  wallClock: () => number
  /** Moves the clock forward or back. */
  stepClock: (ms: number) => void
}

/** A person or an event source in a world, with its own random choices. */
export interface SimulatedActor {
  name: string
  world: SimulatedWorld
  chance: Chance
}

/** An action that concerns a person's report. */
export type SimulatedAct = (actor: SimulatedActor, person: SimulatedPerson) => Promise<void>

export const pauseUpTo = ({ world, chance, name }: SimulatedActor, ms: number): Promise<void> =>
  world.scheduler.pause(chance.below(ms), name)

const LONGEST_PAUSE_MS = 30_000

/**
 * Makes an actor perform one to three of these acts, each of which concerns a random person's
 * report.
 */
export async function actOn(
  actor: SimulatedActor,
  people: readonly SimulatedPerson[],
  acts: readonly SimulatedAct[],
): Promise<void> {
  for (let at = 1 + actor.chance.below(3); at > 0; at--) {
    await pauseUpTo(actor, LONGEST_PAUSE_MS)
    await actor.chance.one(acts)(actor, actor.chance.one(people))
  }
}

export const askEdge = (
  { world, name }: SimulatedActor,
  path: string,
  init?: RequestInit,
  notes?: SentRequest[],
): Promise<ClientAnswer | null> => world.edge.ask(name, path, init, notes)
