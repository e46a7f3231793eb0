// Measures the CPU time that malformed requests cost the worker, as `npm run bench` does. The
// database and the pages are replayed, so that only the worker's own work counts.
import type { Bytes } from '#protocol/bytes'
import { canMeasureCpu, cpuOf } from '#scripts/lab/bench/cpu'
import { openBench, type Bench } from '#scripts/lab/bench/harness'
import type { Maker } from '#scripts/lab/fuzz/requests'
import type { Organisation } from '#scripts/org/organisation'
import { chanceFrom } from '#scripts/shared/seeded-random'

const CPU_BOUND_MS = 2

/**
 * Accepts any status below 500. After the first valid epoch, the replaying database accepts every
 * epoch, so a request may succeed here. By then, fuzz.ts has already checked the refusals.
 */
const isAnswer = (status: number): boolean => status < 500

/**
 * The requests to measure: functions that make requests, keyed by kind, and the seed for their
 * random choices.
 */
interface MeasuredRequests {
  makers: Readonly<Record<string, Maker>>
  sealed: Bytes
  seed: number
}

/** Prints the cost of each kind. @returns the number of kinds that cost more than the bound */
export async function countDearKinds(
  organisation: Organisation,
  requests: MeasuredRequests,
): Promise<number> {
  if (!canMeasureCpu()) {
    console.log('CPU is measured on Linux only (/proc); left out here.')
    return 0
  }
  const bench = await openBench('scripts/lab/bench/worker/replaying.ts', organisation)
  try {
    return await dearKindsOf(bench, requests)
  } finally {
    await bench.close()
  }
}

async function dearKindsOf(
  bench: Bench,
  { makers, sealed, seed }: MeasuredRequests,
): Promise<number> {
  let broken = 0
  for (const [name, maker] of Object.entries(makers)) {
    const chance = chanceFrom(seed)
    const ms = await cpuOf(bench, () => maker(chance, sealed), isAnswer)
    console.log(
      `CPU of a malformed ${name}: ${ms.toFixed(2)} ms median, bound ${String(CPU_BOUND_MS)}`,
    )
    if (ms > CPU_BOUND_MS) broken++
  }
  return broken
}
