// Measures how many reports per second the worker stores, compared with a bare route that inserts
// one row. Both routes run in one workerd and have their own databases. The rounds of the two
// routes alternate, so that a busy machine slows both.
import { openBench, type Bench } from '#scripts/lab/bench/harness'
import { freshKeys, reportRequest, sealedReport } from '#scripts/lab/bench/requests'
import type { Organisation } from '#scripts/org/organisation'
import { step } from '#scripts/shared/progress'

const CLIENTS = 16
const ROUNDS = 6
const REQUESTS_A_ROUND = 400

interface Throughput {
  /** requests per second of `POST /api/reports` */
  reports: number
  /** requests per second of the bare route */
  bare: number
}

/**
 * Sends the requests as CLIENTS parallel clients would.
 *
 * @returns milliseconds until the last response
 */
async function sendAll(
  send: (init: RequestInit) => Promise<Response>,
  requests: RequestInit[],
): Promise<number> {
  const left = [...requests]
  const client = async (): Promise<void> => {
    for (let init = left.pop(); init; init = left.pop()) {
      const { status } = await send(init)
      if (status !== 201) throw new Error(`a request was answered with ${status}`)
    }
  }
  const start = performance.now()
  await Promise.all(Array.from({ length: CLIENTS }, client))
  return performance.now() - start
}

async function newReports(organisation: Organisation): Promise<RequestInit[]> {
  const requests: RequestInit[] = []
  while (requests.length < REQUESTS_A_ROUND)
    requests.push(reportRequest(await sealedReport(organisation, await freshKeys())))
  return requests
}

async function throughputOf(bench: Bench, organisation: Organisation): Promise<Throughput> {
  const spent = { reports: 0, bare: 0 }
  // The first round warms up both routes and does not count.
  for (let round = 0; round <= ROUNDS; round++) {
    const requests = await newReports(organisation)
    const bare = await sendAll(bench.sendBare, requests)
    const reports = await sendAll((init) => bench.send('/api/reports', init), requests)
    if (round > 0) {
      spent.bare += bare
      spent.reports += reports
    }
  }
  const rateOf = (ms: number): number => (ROUNDS * REQUESTS_A_ROUND * 1000) / ms
  return { reports: rateOf(spent.reports), bare: rateOf(spent.bare) }
}

/** The minimum share of the bare route's throughput. */
const THROUGHPUT_BOUND = 0.6

/** Prints the throughput beside its bound. @returns the number of exceeded bounds */
export async function benchThroughput(organisation: Organisation): Promise<number> {
  const bench = await openBench('worker/index.ts', organisation)
  try {
    const { reports, bare } = await step('Sending reports with 16 clients', () =>
      throughputOf(bench, organisation),
    )
    const share = reports / bare
    const fits = share >= THROUGHPUT_BOUND
    console.log(
      `\n${fits ? '  ' : '! '}Throughput: ${reports.toFixed(0)} reports a second, a bare route ` +
        `that inserts one row ${bare.toFixed(0)}: ${share.toFixed(2)} of it, ` +
        `bound ${THROUGHPUT_BOUND}`,
    )
    return fits ? 0 : 1
  } finally {
    await bench.close()
  }
}
