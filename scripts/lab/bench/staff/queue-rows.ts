// Counts the rows that a page of the queue reads, with few and with many reports stored.
import { mkdirSync } from 'node:fs'
import { openBench } from '#scripts/lab/bench/harness'
import { rowsOfQueue } from '#scripts/lab/bench/rows'
import { storeReports } from '#scripts/lab/bench/fill-database'
import type { StaffFigures } from '#scripts/lab/bench/staff/figures'
import { makeOrganisation, type Organisation } from '#scripts/org/organisation'
import { benchDist } from '#scripts/shared/paths'
import { step } from '#scripts/shared/progress'

// With 101 reports there is a third page, because the last page reads one row less.
const [FEW, MANY] = [101, 100_000]

async function rowsWith(organisation: Organisation, stored: number): Promise<number[]> {
  const bench = await openBench('scripts/lab/bench/worker/counting.ts', organisation)
  try {
    await step(`Storing ${stored} reports`, () => storeReports(bench.database, stored))
    return (await rowsOfQueue(bench)).map(({ read }) => read)
  } finally {
    await bench.close()
  }
}

export async function benchQueueRows(figures: StaffFigures): Promise<void> {
  const organisation = await makeOrganisation('only for this measurement', Date.now())
  // The queue needs no pages, so the worker starts with an empty folder of pages.
  mkdirSync(benchDist, { recursive: true })
  const few = await rowsWith(organisation, FEW)
  const many = await rowsWith(organisation, MANY)
  figures.printEqual({
    what: 'rows read for the first and the next page of the queue',
    how: `with ${FEW} and with ${MANY} reports stored; the worker counts what D1 reports`,
    values: [few.join(', '), many.join(', ')],
  })
}
