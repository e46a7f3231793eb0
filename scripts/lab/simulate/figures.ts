// Prints the figures of worlds. This file runs in the main thread, which never loads the worker.

/** An invariant that a world has violated. */
export interface BrokenPromise {
  name: string
  sentence: string
  faults: string[]
}

export interface WorldOutcome {
  seed: number
  /** hash over the order of all steps and their results */
  trace: string
  /** the last lines of the trace, or all of them */
  lines: string[]
  requests: number
  steps: number
  /** reports with the status 201 */
  accepted: number
  lost: number
  doubled: number
  /** return numbers whose end was confirmed, and the reports that still have such a number */
  ended: number
  alive: number
  broken: BrokenPromise[]
}

const SUMS = [
  ['requests', 'requests'],
  ['steps', 'steps'],
  ['accepted', 'reports accepted'],
  ['lost', 'lost'],
  ['doubled', 'doubled'],
  ['ended', 'numbers ended'],
  ['alive', 'ended numbers alive'],
] as const

/** Returns the totals of all worlds as one line. */
export function summaryOf(outcomes: readonly WorldOutcome[], invariants: number): string {
  const sums = SUMS.map(([key, name]) => {
    const sum = outcomes.reduce((total, outcome) => total + outcome[key], 0)
    return `${sum.toLocaleString('en')} ${name}`
  })
  const broken = outcomes.filter((outcome) => outcome.broken.length > 0).length
  return [
    `${outcomes.length.toLocaleString('en')} worlds`,
    ...sums,
    `${broken} worlds broke one of ${invariants} invariants`,
  ].join(', ')
}

const SHOWN_SEEDS = 12

/** Lists each violated invariant with the seeds that violated it. */
export function brokenInvariants(outcomes: readonly WorldOutcome[]): string[] {
  const seeds = new Map<string, number[]>()
  for (const { seed, broken } of outcomes)
    for (const { name } of broken) seeds.set(name, [...(seeds.get(name) ?? []), seed])
  return [...seeds].map(([name, all]) => {
    const more = all.length > SHOWN_SEEDS ? ', …' : ''
    return `${name}: ${all.length} worlds, seeds ${all.slice(0, SHOWN_SEEDS).join(', ')}${more}`
  })
}

/** Describes a broken world in lines: its seed, the violated invariants and the last steps. */
export const reportOf = ({ seed, broken, lines }: WorldOutcome): string =>
  [
    ...broken.flatMap(({ name, sentence, faults }) => [
      `BROKEN in seed ${seed}, ${name}: ${sentence}`,
      ...faults.map((fault) => `  ${fault}`),
    ]),
    ...lines.map((line) => `    ${line}`),
    `Repeat it with: npm run simulate -- --seed ${seed}`,
  ].join('\n')
