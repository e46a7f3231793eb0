// Makes the people and the events of a world act at the same time. The seed decides which people
// exist and which random choices each person makes.
import {
  playClock,
  playClockSteps,
  playCrashes,
  playEpochs,
  playFullness,
  playOutage,
} from '#scripts/lab/simulate/actors/events'
import { playLetterCarrier } from '#scripts/lab/simulate/actors/letter-carrier'
import { playFormReporter } from '#scripts/lab/simulate/actors/form-reporter'
import { playMember } from '#scripts/lab/simulate/actors/member'
import { runReporter } from '#scripts/lab/simulate/actors/reporter'
import type { SimulatedActor, SimulatedWorld } from '#scripts/lab/simulate/actors/simulated-actor'
import { playStranger } from '#scripts/lab/simulate/actors/stranger'
import { chanceFrom } from '#scripts/shared/seeded-random'

/** Makes all actors act. Resolves when all have finished. */
export async function playWorld(world: SimulatedWorld, seed: number): Promise<void> {
  let count = 0
  const actor = (name: string): SimulatedActor => ({
    name,
    world,
    chance: chanceFrom(Math.imul(seed, 31) + ++count * 0x1000193),
  })
  const choosing = chanceFrom(seed ^ 0x2545f491)
  const left = [...world.organisation.people]
  const people = Array.from({ length: world.profile.reporters }, () =>
    left.splice(choosing.below(left.length), 1),
  ).flat()
  let isOver = false
  const clock = playClock(actor('clock'), () => isOver)
  await Promise.all([
    ...people.map((person, at) => runReporter(actor(`reporter ${at}`), person)),
    ...(choosing.below(2) === 0 ? [playFormReporter(actor('form'))] : []),
    playLetterCarrier(actor('carrier'), people),
    playStranger(actor('stranger'), people),
    ...world.organisation.members
      .slice(choosing.below(2))
      .map((member, at) => playMember(actor(`member ${at}`), member)),
    playCrashes(actor('crash')),
    playClockSteps(actor('clock step')),
    playOutage(actor('outage')),
    playFullness(actor('database')),
    playEpochs(actor('epoch')),
  ])
  isOver = true
  await clock
}
