// Measures the cost of each anonymous call, and calculates the price of a million such calls. These
// calls do not require a session, so a stranger can make the organisation pay this price.
import { KIND } from '#protocol/report/envelope'
import { anonymousCalls } from '#scripts/lab/bench/anonymous-calls'
import type { AnonymousCall, Stranger } from '#scripts/lab/bench/describe-call'
import { openBench, type Bench } from '#scripts/lab/bench/harness'
import { priceOfMillion, type CallCost } from '#scripts/costs/prices'
import { freshKeys, reportRequest, sealedReport } from '#scripts/lab/bench/requests'
import type { Organisation } from '#scripts/org/organisation'
import { UNBOUNDED } from '#scripts/local/bindings'
import { step } from '#scripts/shared/progress'

/**
 * The number of calls of each kind. The most expensive call counts, because a filled cache or an
 * absent mark makes a call cheaper.
 */
const TIMES = 5

interface PricedCall extends CallCost {
  name: string
  stores: AnonymousCall['stores']
  usd: number
}

async function strangerOf(bench: Bench, organisation: Organisation): Promise<Stranger> {
  const own = await freshKeys()
  const stored = await sealedReport(organisation, own)
  await bench.send('/api/reports', reportRequest(stored))
  const offered = await bench.send('/api/staff/sign-in/options', {
    method: 'POST',
    body: '{}',
    headers: { origin: bench.staffOrigin, 'content-type': 'application/json' },
  })
  const { challengeId } = await offered.json<{ challengeId: string }>()
  const seal: Stranger['seal'] = (keys, kind = KIND.helpForMe) =>
    sealedReport(organisation, keys, kind)
  const { origin, staffOrigin } = bench
  return { origin, staffOrigin, seal, own, stored, challengeId }
}

const numbersIn = (header: string | null): number[] => (header ?? '').split(' ').map(Number)

async function costOf(bench: Bench, { name, status, stores, request }: AnonymousCall) {
  let dearest: PricedCall | null = null
  // The first call does not count, because it may fill one of the isolate's caches.
  for (let at = 0; at <= TIMES; at++) {
    const answer = await bench.send(...(await request(at)))
    if (answer.status !== status) throw new Error(`${name}: ${answer.status}`)
    const [rowsRead = NaN, rowsWritten = NaN] = numbersIn(answer.headers.get('bench-rows'))
    const [classA = NaN, classB = NaN] = numbersIn(answer.headers.get('bench-r2'))
    const cost = { rowsRead, rowsWritten, classA, classB }
    const usd = priceOfMillion(cost)
    if (at > 0 && usd > (dearest?.usd ?? 0)) dearest = { name, stores, ...cost, usd }
  }
  return dearest
}

/** Calculates the price of every anonymous call, first while nothing waits, then in a flood. */
async function priceAnonymous(organisation: Organisation, isFlood: boolean): Promise<PricedCall[]> {
  const changes = { ...UNBOUNDED, vars: { FLOOD_MODE: isFlood ? 'on' : 'off' } }
  const bench = await openBench('scripts/lab/bench/worker/counting.ts', organisation, changes)
  try {
    const priced: PricedCall[] = []
    for (const call of anonymousCalls(await strangerOf(bench, organisation)))
      priced.push(...[await costOf(bench, call)].filter((each) => each !== null))
    return priced
  } finally {
    await bench.close()
  }
}

/**
 * Prints the price of anonymous calls. A call that stores nothing must write nothing.
 *
 * @returns the number of exceeded bounds
 */
export async function benchPrices(organisation: Organisation): Promise<number> {
  let broken = 0
  for (const isFlood of [false, true]) {
    const state = isFlood ? 'in a flood, while reports wait in R2' : 'while nothing waits'
    const priced = await step(`Pricing anonymous calls ${state}`, () =>
      priceAnonymous(organisation, isFlood),
    )
    console.log(`\nAnonymous calls ${state}: rows read / written, R2 class A / B, USD a million.\n`)
    for (const { name, stores, rowsRead, rowsWritten, classA, classB, usd } of priced) {
      // Ending a thread while reports wait writes a note, up to a rate limit: see docs/overflow.md.
      const mayNote = isFlood && name.startsWith('end ')
      const fits = stores !== 'nothing' || mayNote || rowsWritten + classA === 0
      if (!fits) broken += 1
      const rows = `${rowsRead} / ${rowsWritten}`.padStart(10)
      const calls = `${classA} / ${classB}`.padStart(10)
      console.log(
        `${fits ? '  ' : '! '}${name.padEnd(32)}${rows}${calls}${usd.toFixed(2).padStart(10)}`,
      )
    }
  }
  return broken
}
