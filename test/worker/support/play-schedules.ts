// Plays random schedules of two browsers, one world after another, and counts the acts and refusal
// codes that occurred.
import { expect } from 'vitest'
import { chanceFrom } from '#scripts/shared/seeded-random'
import { sampleOf, seedFor } from '#test/sample.ts'
import { World } from './casework-world.ts'
import type { Plot } from './drafts.ts'
import { brokenIn, playSchedule } from './play-schedule.ts'

/**
 * Number of schedules in one world. With more schedules, the tables would become long, and each
 * query would become slow.
 */
const SCHEDULES_OF_WORLD = 100
/** Number of schedules between two progress lines in a long run. */
const PRINTED = 500
/**
 * Number of schedules within which every act and every code that a test expects must have occurred.
 */
const MOST = 3_000

interface Schedules {
  /** printed with the seed */
  name: string
  plot: Plot
  /** acts that must be stored, and refusal codes that must occur */
  wanted: readonly string[]
  /** lists violations in a world, in addition to those in the schedule */
  violations?: (world: World) => unknown[]
}

/**
 * Plays 60 schedules in `npm test` and 10,000 in `npm run soak`, and expects no violations. A rare
 * act may not occur among them. The run therefore continues until every expected act and every
 * expected code has occurred.
 */
export async function playSchedules({
  name,
  plot,
  wanted,
  violations = () => [],
}: Schedules): Promise<Map<string, number>> {
  const seed = seedFor(name)
  const sample = sampleOf(60, 10_000)
  const found = new Map<string, number>()
  const count = (what: string) => found.set(what, (found.get(what) ?? 0) + 1)
  const missing = () => wanted.filter((what) => !found.has(what))
  let world = await World.open()
  for (let at = 0; at < sample || (at < MOST && missing().length > 0); at++) {
    if (at > 0 && at % SCHEDULES_OF_WORLD === 0) world = await World.open()
    const played = await playSchedule(world, chanceFrom(seed + at).below, plot)
    expect([seed + at, await brokenIn(world, played), violations(world)]).toEqual([
      seed + at,
      [],
      [],
    ])
    for (const { act, code, state } of played.drafts) {
      if (code) count(code)
      if (state === 'stored') count(act)
    }
    if ((at + 1) % PRINTED === 0) console.log(`${at + 1} schedules`)
  }
  console.log(Object.fromEntries(found))
  expect(missing()).toEqual([])
  return found
}
