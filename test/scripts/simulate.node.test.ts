// Runs the simulation: the real worker in worlds where a seed determines every order and every
// fault.
import { expect, test } from 'vitest'
import { brokenInvariants, reportOf, summaryOf } from '#scripts/lab/simulate/figures'
import { runWorlds } from '#scripts/lab/simulate/run-worlds'
import { SAMPLED, sampleOf } from '#test/sample.ts'

const SEEDS = sampleOf(60, 1000)
const TIMEOUT_MS = 240_000

test(
  'R43: In many worlds every invariant holds, each world with its own order of events',
  SAMPLED,
  async () => {
    const { outcomes, invariants } = await runWorlds({ first: 1, count: SEEDS })
    console.log(summaryOf(outcomes, invariants))
    expect(outcomes.filter(({ broken }) => broken.length > 0).map(reportOf)).toEqual([])
    expect(outcomes).toHaveLength(SEEDS)
    expect(invariants).toBeGreaterThan(20)
    const accepted = outcomes.reduce((sum, outcome) => sum + outcome.accepted, 0)
    const ended = outcomes.reduce((sum, outcome) => sum + outcome.ended, 0)
    expect(accepted).toBeGreaterThan(2 * SEEDS)
    expect(ended).toBeGreaterThan(SEEDS / 2)
  },
)

test(
  'R43: The same seeds give the same traces twice, alone and among other seeds',
  async () => {
    const first = await runWorlds({ first: 40, count: 6, threads: 1 })
    const again = await runWorlds({ first: 40, count: 6, threads: 2 })
    const traces = first.outcomes.map(({ trace }) => trace)
    expect(again.outcomes.map(({ trace }) => trace)).toEqual(traces)
    expect(new Set(traces).size).toBe(6)
    const { outcomes } = await runWorlds({ first: 45, count: 1, isWhole: true })
    expect(outcomes.map(({ trace }) => trace)).toEqual(traces.slice(5, 6))
    expect(outcomes[0]?.lines.length).toBeGreaterThan(100)
  },
  TIMEOUT_MS,
)

test.each([
  ['drain-deletes-first', 'accepted-is-kept'],
  ['end-leaves-no-note', 'ended-stays-ended'],
  ['mark-is-lost', 'ended-stays-ended'],
  ['epochs-are-hidden', 'good-is-accepted'],
  ['put-replaces', 'first-write-stays'],
])(
  'R43: The planted fault %s is found within 500 seeds by the broken invariant %s',
  async (plant, invariant) => {
    const { outcomes } = await runWorlds({
      first: 1,
      count: 500,
      threads: 1,
      plant,
      onOutcome: ({ broken }) => broken.every(({ name }) => name !== invariant),
    })
    const [line] = brokenInvariants(outcomes).filter((each) => each.startsWith(invariant))
    console.log(`${plant}: found in ${outcomes.length} worlds. ${line ?? ''}`)
    expect(line).toBeDefined()
  },
  TIMEOUT_MS,
)

test('The report of a broken world names the seed, the sentence and the last steps', () => {
  const outcome = {
    ...{ seed: 77, trace: 'abc', lines: ['12 3.0 s chores: fails'], requests: 4, steps: 12 },
    ...{ accepted: 3, lost: 1, doubled: 0, ended: 2, alive: 1 },
    broken: [{ name: 'a-name', sentence: 'A promise.', faults: ['one report'] }],
  }
  expect(reportOf(outcome).split('\n')).toEqual([
    'BROKEN in seed 77, a-name: A promise.',
    '  one report',
    '    12 3.0 s chores: fails',
    'Repeat it with: npm run simulate -- --seed 77',
  ])
  expect(summaryOf([outcome], 30)).toBe(
    '1 worlds, 4 requests, 12 steps, 3 reports accepted, 1 lost, 0 doubled, 2 numbers ended, ' +
      '1 ended numbers alive, 1 worlds broke one of 30 invariants',
  )
  expect(brokenInvariants([outcome])).toEqual(['a-name: 1 worlds, seeds 77'])
})
