// `npm run simulate`: runs the real worker in 2,000 worlds and checks every invariant in each. In
// each world, storage calls interleave, fail and hang, and the worker crashes. `npm run simulate --
// 20000` runs 20,000 worlds. `npm run simulate -- --seed 42` repeats one world and prints its
// trace.
import { brokenInvariants, reportOf, summaryOf } from '#scripts/lab/simulate/figures'
import { runWorlds } from '#scripts/lab/simulate/run-worlds'
import { runTask, Stop } from '#scripts/shared/progress'

const WORLDS = 2000
/** The number of broken worlds that are printed in full; the others are only counted. */
const SHOWN = 5
const PROGRESS_EACH = 1000

/** Reads a whole number from the command line. */
function numberFrom(text: string | undefined): number {
  const number = Number(text)
  if (!Number.isSafeInteger(number) || number < 0)
    throw new Stop('Use: npm run simulate -- [number of worlds] [--from seed] | --seed <seed>')
  return number
}

async function repeatWorld(seed: number): Promise<number> {
  const { outcomes, invariants } = await runWorlds({ first: seed, count: 1, isWhole: true })
  for (const { lines, trace, broken } of outcomes) {
    console.log(lines.join('\n'))
    console.log(`Trace ${trace} of seed ${seed}`)
    for (const { name, sentence, faults } of broken)
      console.log([`BROKEN ${name}: ${sentence}`, ...faults].join('\n  '))
  }
  console.log(summaryOf(outcomes, invariants))
  return outcomes.every(({ broken }) => broken.length === 0) ? 0 : 1
}

async function runMany(count: number, first: number): Promise<number> {
  const since = Date.now()
  let shown = 0
  let done = 0
  const { outcomes, invariants } = await runWorlds({
    first,
    count,
    onOutcome: (outcome) => {
      if (outcome.broken.length > 0 && shown++ < SHOWN) console.log(reportOf(outcome))
      if (++done % PROGRESS_EACH === 0) console.log(`${done} worlds …`)
      return true
    },
  })
  const seconds = (Date.now() - since) / 1000
  for (const line of brokenInvariants(outcomes)) console.log(line)
  console.log(summaryOf(outcomes, invariants))
  const { user, system } = process.cpuUsage()
  const cpuMs = (user + system) / 1000 / count
  const speed = `${(count / seconds).toFixed(0)} worlds a second`
  console.log(`${seconds.toFixed(1)} s, ${speed}, ${cpuMs.toFixed(1)} ms of CPU a world`)
  return outcomes.length === count && outcomes.every(({ broken }) => broken.length === 0) ? 0 : 1
}

runTask(() => {
  const given = process.argv.slice(2)
  const valueOf = (name: string): string | undefined => {
    const at = given.indexOf(name)
    return at < 0 ? undefined : (given.splice(at, 2)[1] ?? '')
  }
  const seed = valueOf('--seed')
  if (seed !== undefined) return repeatWorld(numberFrom(seed))
  const first = numberFrom(valueOf('--from') ?? '1')
  return runMany(numberFrom(given[0] ?? String(WORLDS)), first)
})
