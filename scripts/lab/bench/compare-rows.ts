// Compares the database rows of each route with few and with many stored reports. Some routes have
// a bound for the rows that they read.
import { storeReports } from '#scripts/lab/bench/fill-database'
import { openBench } from '#scripts/lab/bench/harness'
import { rowsOfRoutes, type RouteRows } from '#scripts/lab/bench/rows'
import type { Organisation } from '#scripts/org/organisation'
import { step } from '#scripts/shared/progress'

const SIZES = [100, 100_000]

async function rowsWith(organisation: Organisation, stored: number): Promise<RouteRows[]> {
  const bench = await openBench('scripts/lab/bench/worker/counting.ts', organisation)
  try {
    await step(`Storing ${stored} reports`, () => storeReports(bench.database, stored))
    return await rowsOfRoutes(bench, organisation)
  } finally {
    await bench.close()
  }
}

/** Prints the rows of each route beside its bound. @returns the number of broken bounds */
export async function benchRows(organisation: Organisation): Promise<number> {
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
