// Runs one world: stores, edge and actors driven by one seed, then quiet minutes, then the
// invariants.
import { toB64 } from '#protocol/bytes'
import { playWorld } from '#scripts/lab/simulate/actors/play-world'
import type { SimulatedWorld } from '#scripts/lab/simulate/actors/simulated-actor'
import type { WorldBindings } from '#scripts/lab/simulate/bindings'
import { Edge } from '#scripts/lab/simulate/edge'
import type { WorldOutcome } from '#scripts/lab/simulate/figures'
import { limitersOf } from '#scripts/lab/simulate/limiters'
import { WorldBucket, type WorldDatabase } from '#scripts/lab/simulate/world-stores'
import { carrierNetwork } from '#scripts/lab/simulate/network'
import { act, evidenceOf, outcomeOf } from '#scripts/lab/simulate/outcome'
import type { SimulatedOrganisation } from '#scripts/lab/simulate/organisation'
import { BEGINS_AT } from '#scripts/lab/simulate/make-people'
import { usePlatform } from '#scripts/lab/simulate/platform'
import { profileFrom } from '#scripts/lab/simulate/profile'
import { WorldRecord } from '#scripts/lab/simulate/record'
import { addLedgerRow, addMember, addTeam, publishEpoch } from '#scripts/lab/simulate/manual-rows'
import { Scheduler } from '#scripts/lab/simulate/scheduler'
import { isCryptoBusy } from '#scripts/lab/simulate/seeded-crypto'
import { StorageCalls } from '#scripts/lab/simulate/storage-calls'
import { chanceFrom, seededRandom } from '#scripts/shared/seeded-random'

export interface WorldOptions {
  seed: number
  /** name of a planted fault, or null */
  plant: string | null
  /** true to keep every line of the trace */
  isWhole: boolean
}

/** Runs one world. The stores are empty before and after the run. */
export async function runWorld(
  organisation: SimulatedOrganisation,
  database: WorldDatabase,
  options: WorldOptions,
): Promise<WorldOutcome> {
  database.begin()
  try {
    const world = newWorld(organisation, database, options)
    await act(world, () => playWorld(world, options.seed))
    return outcomeOf(options.seed, await evidenceOf(world), world.scheduler)
  } finally {
    database.undo()
  }
}

function newWorld(
  organisation: SimulatedOrganisation,
  database: WorldDatabase,
  { seed, plant, isWhole }: WorldOptions,
): SimulatedWorld {
  const roll = seededRandom(seed)
  const profile = profileFrom(chanceFrom(seed ^ 0x9e3779b9))
  const scheduler = new Scheduler(roll, profile.pace, isCryptoBusy, isWhole)
  let ahead = 0
  const wallClock = (): number => Math.floor(BEGINS_AT + scheduler.now + ahead)
  const record = new WorldRecord()
  usePlatform({
    roll: seededRandom(seed ^ 0x5bd1e995),
    wallClock,
    after: (ms, call) =>
      scheduler.after(ms, 'timer', () => {
        call()
        return 'rings'
      }),
    fetch: carrierNetwork(scheduler, record, roll, profile.isCalm),
  })
  const calls = new StorageCalls(scheduler, roll, profile)
  const bucket = new WorldBucket({ clock: wallClock })
  const bindings: WorldBindings = {
    profile,
    calls,
    database,
    bucket,
    plant,
    limiters: limitersOf(profile, wallClock, roll),
    rootB64: toB64(organisation.root),
  }
  const edge = new Edge(scheduler, record, bindings, roll)
  const stepClock = (ms: number): void => {
    ahead += ms
    scheduler.note('clock', `steps ${ms / 1000} s`)
  }
  publishEpoch(database, organisation.epochs[0])
  addTeam(database)
  addLedgerRow(database)
  for (const member of organisation.members) addMember(database, member)
  const parts = { profile, organisation, scheduler, record, edge, calls, database, bucket }
  return { ...parts, wallClock, stepClock }
}
