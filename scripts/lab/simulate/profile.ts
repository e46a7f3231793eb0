// Derives the difficulty of a world from its seed. A profile defines how often calls fail and how
// long calls hang. A profile also contains the database size and the events that disturb the edge.
import type { Chance } from '#scripts/shared/seeded-random'
import { runSizeOf, type RunSize } from '#worker/scheduled/share-run'

export type StoreName = 'D1' | 'R2'

export interface Profile {
  /** true when nothing fails and only the order of events is random */
  isCalm: boolean
  /** the share of disturbed calls, for each store */
  disturbed: Record<StoreName, number>
  /** the share of disturbed calls that hang beyond the worker's timeouts */
  hanging: number
  /** the share of responses that the client never receives */
  lostResponses: number
  /** number of worker instances that run in parallel */
  instances: number
  crashes: number
  /** maximum length of a step, in milliseconds */
  pace: number
  floodMode: 'auto' | 'on' | 'off'
  /** rate limits per minute: for each flow of grade 0 or 1, and for each other flow */
  limits: { low: number; high: number }
  /** the share of the database's capacity that is used: at first, and later */
  fullness: [number, number]
  hasAlerts: boolean
  /** jumps of the clock, in milliseconds */
  clockSteps: number[]
  /** true when the first epoch is retired and a second one begins */
  retiresEpoch: boolean
  /** length of an outage of one store in minutes, if there is an outage */
  outage: { store: StoreName; minutes: number } | null
  reporters: number
  /** the limits of one run of the drain */
  runSize: RunSize
}

const HOUR_MS = 3_600_000
const SHARES = [0, 0.1, 0.3, 0.6] as const
const FULLNESS = [0.1, 0.1, 0.1, 0.82, 0.87, 0.93] as const
const CLOCK_STEPS = [HOUR_MS, 9 * HOUR_MS, 24 * HOUR_MS, 50 * HOUR_MS, -2000, -90_000] as const

/** Small runs make the drain stop and continue, even though a world has few objects. */
const RUN_SIZES = [runSizeOf('free'), { objects: 10, joins: 1 }, { objects: 2, joins: 1 }] as const

export function profileFrom(chance: Chance): Profile {
  const isCalm = chance.below(5) === 0
  const share = (): number => (isCalm ? 0 : chance.one(SHARES))
  const some = (most: number): number => (isCalm ? 0 : chance.below(most + 1))
  return {
    isCalm,
    disturbed: { D1: share(), R2: share() },
    hanging: chance.one([0, 0.2, 0.5]),
    lostResponses: isCalm ? 0 : chance.one([0, 0, 0.1, 0.3]),
    instances: 1 + chance.below(2),
    crashes: chance.below(2) * some(3),
    pace: chance.one([4, 40, 300]),
    floodMode: chance.one(['auto', 'auto', 'auto', 'on', 'off']),
    limits: { low: 1 + chance.below(6), high: 2 + chance.below(12) },
    fullness: [chance.one(FULLNESS), chance.one(FULLNESS)],
    hasAlerts: chance.below(2) === 0,
    clockSteps: Array.from({ length: chance.below(2) * chance.below(4) }, () =>
      chance.one(CLOCK_STEPS),
    ),
    retiresEpoch: chance.below(6) === 0,
    outage:
      isCalm || chance.below(4) > 0
        ? null
        : { store: chance.one(['D1', 'R2'] as const), minutes: 1 + chance.below(3) },
    reporters: 2 + chance.below(3),
    runSize: chance.one(RUN_SIZES),
  }
}
