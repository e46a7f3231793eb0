// Measures the CPU time of a reporter's requests: a sealed report and a plain form. Measures the
// worker alone, and with the simulators of its stores.
import { canMeasureCpu, cpuOf, requestsNeeded } from '#scripts/lab/bench/cpu'
import { openBench } from '#scripts/lab/bench/harness'
import { formRequest, freshKeys, reportRequest, sealedReport } from '#scripts/lab/bench/requests'
import type { Organisation } from '#scripts/org/organisation'
import { step } from '#scripts/shared/progress'

const CPU_BOUND_MS = 2
const CPU_METHOD = `
CPU of workerd for one request: median of 500 one after another, all threads,
from /proc/<pid>/task/*/schedstat, less what an idle worker costs for the same request.
"worker": database, pages and R2 answer from memory, because the platform runs them elsewhere.
"with local D1, R2 and pages": their simulators run in the same process and are counted too.
`

/** Prints the CPU time of each request beside its bound. @returns the number of exceeded bounds */
export async function benchCpu(organisation: Organisation): Promise<number> {
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
