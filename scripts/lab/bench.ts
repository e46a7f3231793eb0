// `npm run bench`: measures CPU, memory, throughput, response times of the inbox, rows per route
// and the price of anonymous calls. Each figure has a bound.
// `npm run bench -- <part>` runs one part of NAMED only. `sealing` needs a Chromium.
import { rmSync } from 'node:fs'
import { priceAnonymous } from '#scripts/lab/bench/anonymous'
import { canMeasureCpu, cpuOf, requestsNeeded } from '#scripts/lab/bench/cpu'
import { openBench } from '#scripts/lab/bench/harness'
import { INBOX_METHOD, timesOfInbox } from '#scripts/lab/bench/inbox'
import { formRequest, freshKeys, reportRequest, sealedReport } from '#scripts/lab/bench/requests'
import { benchCases } from '#scripts/lab/bench/cases'
import { benchLedger } from '#scripts/lab/bench/ledger'
import { memoryOf } from '#scripts/lab/bench/memory'
import { rowsOfRoutes, storeReports, type RouteRows } from '#scripts/lab/bench/rows'
import { benchSealedCases } from '#scripts/lab/bench/sealed-cases'
import { benchSealing } from '#scripts/lab/bench/sealing'
import { benchThroughput } from '#scripts/lab/bench/throughput'
import { buildSite } from '#scripts/build'
import { makeOrganisation, type Organisation } from '#scripts/org/organisation'
import { writePublicFile } from '#scripts/org/local'
import { benchDir, benchDist } from '#scripts/shared/paths'
import { runTask, step } from '#scripts/shared/progress'

const CPU_BOUND_MS = 2
/** The memory that the platform gives an isolate, in MiB. */
const MEMORY_BOUND_MIB = 128
const CPU_METHOD = `
CPU of workerd for one request: median of 500 one after another, all threads,
from /proc/<pid>/task/*/schedstat, less what an idle worker costs for the same request.
"worker": database, pages and R2 answer from memory, because the platform runs them elsewhere.
"with local D1, R2 and pages": their simulators run in the same process and are counted too.
`
const SIZES = [100, 100_000]

async function benchCpu(organisation: Organisation): Promise<number> {
  if (!canMeasureCpu()) {
    console.log('CPU is measured on Linux only (/proc); left out here.')
    return 0
  }
  const envelopes = await step('Sealing reports', async () => {
    const sealed: RequestInit[] = []
    for (let at = 0; at < requestsNeeded; at++) {
      sealed.push(reportRequest(await sealedReport(organisation, await freshKeys())))
    }
    return sealed
  })
  const reportAt = (at: number): RequestInit => envelopes[at] ?? {}
  const measured = async (main: string) => {
    const bench = await openBench(main, organisation)
    try {
      return {
        'sealed report': await cpuOf(bench, (at) => ({ path: '/api/reports', init: reportAt(at) })),
        'plain form': await cpuOf(bench, () => ({ path: '/api/form/ky', init: formRequest() })),
      }
    } finally {
      await bench.close()
    }
  }
  const own = await step('Sending reports', () => measured('scripts/lab/bench/worker/replaying.ts'))
  const whole = await step('Sending reports to a whole system', () => measured('worker/index.ts'))
  console.log(CPU_METHOD)
  let broken = 0
  for (const name of ['sealed report', 'plain form'] as const) {
    const fits = own[name] <= CPU_BOUND_MS
    if (!fits) broken += 1
    const alone = `worker ${own[name].toFixed(2)} ms`
    const figures = `${alone}   with local D1, R2 and pages ${whole[name].toFixed(2)} ms`
    console.log(`${fits ? '  ' : '! '}${name.padEnd(16)}${figures}   bound ${CPU_BOUND_MS} ms`)
  }
  return broken
}

/** The largest difference between the medians of known and unknown receipts, as a share. */
const INBOX_BOUND = 0.05

async function benchInbox(organisation: Organisation): Promise<number> {
  const bench = await openBench('worker/index.ts', organisation)
  try {
    const times = await step('Asking the inbox', () => timesOfInbox(bench, organisation))
    const medians = times.map(({ ms }) => ms)
    const apart = Math.max(...medians) / Math.min(...medians) - 1
    const fits = apart <= INBOX_BOUND
    console.log(`\n${INBOX_METHOD}`)
    for (const { kind, ms } of times) console.log(`  ${kind.padEnd(26)}${ms.toFixed(3)} ms`)
    console.log(
      `${fits ? '  ' : '! '}${'apart'.padEnd(26)}${(apart * 100).toFixed(1)} %` +
        `   bound ${INBOX_BOUND * 100} %`,
    )
    return fits ? 0 : 1
  } finally {
    await bench.close()
  }
}

async function rowsWith(organisation: Organisation, stored: number): Promise<RouteRows[]> {
  const bench = await openBench('scripts/lab/bench/worker/counting.ts', organisation)
  try {
    await step(`Storing ${stored} reports`, () => storeReports(bench.database, stored))
    return await rowsOfRoutes(bench, organisation)
  } finally {
    await bench.close()
  }
}

async function benchMemory(organisation: Organisation): Promise<number> {
  const { chunks, mebibytes, peak } = await step('Sending ten files of 20 MiB', () =>
    memoryOf(organisation),
  )
  const fits = peak <= MEMORY_BOUND_MIB
  console.log(
    `\n${fits ? '  ' : '! '}Memory of the worker while ${mebibytes} MiB go up in ${chunks} ` +
      `chunks: at most ${peak.toFixed(1)} MiB stay after a collection, bound ${MEMORY_BOUND_MIB}`,
  )
  return fits ? 0 : 1
}

async function benchRows(organisation: Organisation): Promise<number> {
  const [few, many] = [
    await rowsWith(organisation, SIZES[0] ?? 0),
    await rowsWith(organisation, SIZES[1] ?? 0),
  ]
  console.log(
    `\nRows read / written per request, with ${SIZES.join(' and with ')} reports stored.\n`,
  )
  let broken = 0
  for (const { route, read, written, bound } of many) {
    const before = few.find((other) => other.route === route)
    const fits = bound === null || Math.max(read, before?.read ?? 0) <= bound
    if (!fits) broken += 1
    const left = before === undefined ? '' : `${before.read} / ${before.written}`
    const limit = bound === null ? '' : `   read at most ${bound}`
    const right = `${read} / ${written}`
    console.log(
      `${fits ? '  ' : '! '}${route.padEnd(26)}${left.padStart(12)}${right.padStart(12)}${limit}`,
    )
  }
  return broken
}

/** Prints the price of anonymous calls. A call that stores nothing must write nothing. */
async function benchPrices(organisation: Organisation): Promise<number> {
  let broken = 0
  for (const isFlood of [false, true]) {
    const state = isFlood ? 'in a flood, while reports wait in R2' : 'while nothing waits'
    const priced = await step(`Pricing anonymous calls ${state}`, () =>
      priceAnonymous(organisation, isFlood),
    )
    console.log(`\nAnonymous calls ${state}: rows read / written, R2 class A / B, USD a million.\n`)
    for (const { name, stores, rowsRead, rowsWritten, classA, classB, usd } of priced) {
      // While reports wait, each end writes a note, up to a rate limit: see docs/overflow.md.
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

/** Parts that run alone when the command names them. */
const NAMED = {
  prices: benchPrices,
  throughput: benchThroughput,
  sealed: benchSealedCases,
  sealing: benchSealing,
  ledger: benchLedger,
  cases: benchCases,
}

/** Parts that need no build for the organisation of the measurement. */
const WITHOUT_SITE: unknown[] = [benchLedger, benchCases]

runTask(async () => {
  const organisation = await makeOrganisation('only for this measurement', Date.now())
  rmSync(benchDir, { recursive: true, force: true })
  const { org } = writePublicFile(benchDir, organisation)
  const named = Object.entries(NAMED).flatMap(([name, part]) =>
    process.argv.includes(name) ? [part] : [],
  )
  const cpu = [benchCpu, benchSealedCases]
  const ofEdge = [...cpu, benchMemory, benchThroughput, benchInbox, benchRows, benchPrices]
  const usual = [...ofEdge, benchLedger, benchCases]
  const parts = named.length > 0 ? named : usual
  if (!parts.every((part) => WITHOUT_SITE.includes(part))) await buildSite({ dist: benchDist, org })
  let broken = 0
  for (const part of parts) broken += await part(organisation)
  console.log(broken === 0 ? '\nAll bounds hold.' : `\n${broken} bounds are broken.`)
  return broken === 0 ? 0 : 1
})
