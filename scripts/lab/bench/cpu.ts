// Measures the CPU time that workerd spends on one request, across all of its threads. The figure
// is the kernel's own count of nanoseconds spent on a processor (/proc/…/schedstat). Subtracts the
// cost of the same request to a worker that does nothing.
import { readdirSync, readFileSync } from 'node:fs'
import type { Bench } from '#scripts/lab/bench/harness'
import { workerdsOf } from '#scripts/lab/workerd'

const WARM_UP = 150
const REQUESTS = 500

function nanosecondsOf(pids: number[]): bigint {
  let sum = 0n
  for (const pid of pids) {
    for (const task of readdirSync(`/proc/${pid}/task`)) {
      try {
        const [onProcessor = '0'] = readFileSync(
          `/proc/${pid}/task/${task}/schedstat`,
          'utf8',
        ).split(' ')
        sum += BigInt(onProcessor)
      } catch {
        // The thread has ended.
      }
    }
  }
  return sum
}

export const median = (values: number[]): number =>
  values.sort((a, b) => a - b)[values.length >> 1] ?? NaN

async function medianOf(
  send: (at: number) => Promise<Response>,
  isRight: (status: number) => boolean,
): Promise<number> {
  const pids = workerdsOf(process.pid)
  const spent: number[] = []
  for (let at = 0; at < WARM_UP + REQUESTS; at++) {
    const before = nanosecondsOf(pids)
    const answer = await send(at)
    await answer.arrayBuffer()
    if (!isRight(answer.status)) throw new Error(`The worker answered ${answer.status}.`)
    const after = nanosecondsOf(pids)
    if (at >= WARM_UP) spent.push(Number(after - before) / 1e6)
  }
  return median(spent)
}

export const canMeasureCpu = (): boolean => process.platform === 'linux'

const isOk = (status: number): boolean => status < 400

/**
 * Returns the CPU time of one request in milliseconds.
 *
 * @param isRight  returns true for an expected status; any other status ends the measurement with
 *   an error
 */
export async function cpuOf(
  bench: Bench,
  requestAt: (at: number) => { path: string; init: RequestInit },
  isRight = isOk,
): Promise<number> {
  const idle = await medianOf((at) => bench.sendIdle(requestAt(at).init), isOk)
  const whole = await medianOf((at) => {
    const { path, init } = requestAt(at)
    return bench.send(path, init)
  }, isRight)
  return whole - idle
}

export const requestsNeeded = WARM_UP + REQUESTS
