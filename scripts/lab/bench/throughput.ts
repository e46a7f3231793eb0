// Measures how many reports a second the worker stores, beside a bare route that inserts one row.
// Both routes run in one workerd and have databases of their own. The rounds of the routes
// alternate, so that a busy machine slows both.
import type { Bench } from '#scripts/lab/bench/harness'
import { freshKeys, reportRequest, sealedReport } from '#scripts/lab/bench/requests'
import type { Organisation } from '#scripts/org/organisation'

const CLIENTS = 16
const ROUNDS = 6
const REQUESTS_A_ROUND = 400

export interface Throughput {
  /** requests a second of `POST /api/reports` */
  reports: number
  /** requests a second of the bare route */
  bare: number
}

/** Sends the requests as CLIENTS clients do. @returns milliseconds until the last response */
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

export async function throughputOf(bench: Bench, organisation: Organisation): Promise<Throughput> {
  const spent = { reports: 0, bare: 0 }
  // The first round warms both routes and does not count.
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
