// `npm run bench`: CPU and memory of the worker, time of the inbox, and rows of the database per route, against their bounds.
import { rmSync } from 'node:fs'
import { canMeasureCpu, cpuOf, requestsNeeded } from '#scripts/bench/cpu'
import { openBench } from '#scripts/bench/harness'
import { INBOX_METHOD, timesOfInbox } from '#scripts/bench/inbox'
import { formRequest, freshKeys, reportRequest, sealedReport } from '#scripts/bench/requests'
import { memoryOf } from '#scripts/bench/memory'
import { rowsOfRoutes, storeReports, type RouteRows } from '#scripts/bench/rows'
import { buildSite } from '#scripts/build'
import { makeOrganisation, type Organisation } from '#scripts/org/organisation'
import { writePublicFile } from '#scripts/org/write'
import { benchDir, benchDist } from '#scripts/paths'
import { runTask, step } from '#scripts/step'

const CPU_BOUND_MS = 2
/** What an isolate may take on the platform. */
const MEMORY_BOUND_MIB = 128
const CPU_METHOD = `
CPU of workerd for one request: median of 500 one after another, all threads, from /proc/<pid>/task/*/schedstat, less what an idle
worker costs for the same request. "worker": database, pages and looks into R2 answer from memory, as they are elsewhere on the platform.
"with local D1, R2 and pages": their imitations run in the same process and are counted too.
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
  const own = await step('Sending reports', () => measured('scripts/bench/worker/replaying.ts'))
  const whole = await step('Sending reports to a whole system', () => measured('worker/index.ts'))
  console.log(CPU_METHOD)
  let broken = 0
  for (const name of ['sealed report', 'plain form'] as const) {
    const fits = own[name] <= CPU_BOUND_MS
    if (!fits) broken += 1
    const figures = `worker ${own[name].toFixed(2)} ms   with local D1, R2 and pages ${whole[name].toFixed(2)} ms`
    console.log(`${fits ? '  ' : '! '}${name.padEnd(16)}${figures}   bound ${CPU_BOUND_MS} ms`)
  }
  return broken
}

/** The largest difference between the medians of known and unknown numbers, as a share of the smallest. */
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
      `${fits ? '  ' : '! '}${'apart'.padEnd(26)}${(apart * 100).toFixed(1)} %   bound ${INBOX_BOUND * 100} %`,
    )
    return fits ? 0 : 1
  } finally {
    await bench.close()
  }
}

async function rowsWith(organisation: Organisation, stored: number): Promise<RouteRows[]> {
  const bench = await openBench('scripts/bench/worker/counting.ts', organisation)
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
    `\n${fits ? '  ' : '! '}Memory of the worker while ${String(mebibytes)} MiB go up in ${String(chunks)} chunks: at most ${peak.toFixed(1)} MiB stay after a collection, bound ${String(MEMORY_BOUND_MIB)}`,
  )
  return fits ? 0 : 1
}

async function benchRows(organisation: Organisation): Promise<number> {
  const [few = [], many = []] = [
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
    console.log(
      `${fits ? '  ' : '! '}${route.padEnd(26)}${left.padStart(12)}${`${read} / ${written}`.padStart(12)}${limit}`,
    )
  }
  return broken
}

runTask(async () => {
  const organisation = await makeOrganisation('only for this measurement', Date.now())
  rmSync(benchDir, { recursive: true, force: true })
  const { org } = writePublicFile(benchDir, organisation)
  await buildSite({ dist: benchDist, org })
  const broken =
    (await benchCpu(organisation)) +
    (await benchMemory(organisation)) +
    (await benchInbox(organisation)) +
    (await benchRows(organisation))
  console.log(broken === 0 ? '\nAll bounds hold.' : `\n${broken} bounds are broken.`)
  return broken === 0 ? 0 : 1
})
