// Sends reports at a steady rate for many minutes, with a deployment's rate limits and clock. For
// each minute, prints the memory of the worker and the rows in both stores.
import { readFileSync } from 'node:fs'
import { setTimeout as wait } from 'node:timers/promises'
import { openInspector } from '#scripts/lab/bench/inspector'
import { freshKeys, reportRequest, sealedReport } from '#scripts/lab/bench/requests'
import type { Organisation } from '#scripts/org/organisation'
import { anyPort } from '#scripts/shared/ports'
import { bundleWorker, fillDatabase, startWorkerd, workerdsOf } from '#scripts/lab/workerd'

const A_SECOND = 20
const SECOND_MS = 1000
const MINUTE_MS = 60 * SECOND_MS
/** The default length of a run, in minutes. */
const MINUTES = 10
const OVERFLOW = 'overflow/'
const MIB = 2 ** 20
/** The memory that the platform allows for an isolate, in MiB. */
const MEMORY_BOUND_MIB = 128

/** The figures at the end of a minute. */
interface Minute {
  /** reports that have received status 201 since the start */
  taken: number
  /** requests that have received any other status since the start */
  refused: number
  /** reports in the database */
  rows: number
  /** reports that wait in R2 */
  waiting: number
  /** memory of the worker that remains after a garbage collection, in MiB */
  heap: number
  /** memory of the whole runtime, including its stores, in MiB */
  resident: number
}

type Runtime = ReturnType<typeof startWorkerd>

/** Sends one second's reports. @returns the number of reports that received status 201 */
async function sendSecond(origin: string, organisation: Organisation): Promise<number> {
  const answers = await Promise.all(
    Array.from({ length: A_SECOND }, async () => {
      const report = reportRequest(await sealedReport(organisation, await freshKeys()))
      return (await fetch(`${origin}/api/reports`, report)).status === 201
    }),
  )
  return answers.filter(Boolean).length
}

/** Counts the reports that wait. R2 lists at most 1,000 objects at a time. */
async function countWaiting(runtime: Runtime): Promise<number> {
  const bucket = await runtime.getR2Bucket('FILES')
  let count = 0
  let cursor: string | undefined
  do {
    const page = await bucket.list({ prefix: OVERFLOW, ...(cursor !== undefined && { cursor }) })
    count += page.objects.length
    cursor = page.truncated ? page.cursor : undefined
  } while (cursor !== undefined)
  return count
}

async function countRows(runtime: Runtime): Promise<number> {
  const database = await runtime.getD1Database('DB')
  const row = await database.prepare('SELECT count(*) AS n FROM reports').first<{ n: number }>()
  return row?.n ?? 0
}

/** Returns the resident memory of the runtime's processes, in MiB. */
function residentMib(): number {
  const bytes = workerdsOf(process.pid).map((id) => {
    const [, pages = '0'] = readFileSync(`/proc/${id}/statm`, 'utf8').split(' ')
    return Number(pages) * 4096
  })
  return bytes.reduce((sum, each) => sum + each, 0) / MIB
}

const lineOf = (at: number, { taken, refused, rows, waiting, heap, resident }: Minute): string =>
  `minute ${at}: ${taken} taken, ${refused} refused, ${rows} rows, ${waiting} waiting, ` +
  `${heap.toFixed(1)} MiB of the worker, ${resident.toFixed(0)} MiB of the runtime`

/** Prints a line for each minute. @returns the number of exceeded bounds */
export async function benchSteady(organisation: Organisation): Promise<number> {
  const minutes = Number(process.argv.find((each) => /^\d+$/.test(each)) ?? MINUTES)
  const [port, inspectorPort] = [await anyPort(), await anyPort()]
  const vars = { PLAN: 'paid', DATABASE_MB: '10000' }
  const script = await bundleWorker()
  const runtime = startWorkerd({ script, port, inspectorPort, vars })
  try {
    await runtime.ready
    await fillDatabase(await runtime.getD1Database('DB'), organisation)
    const worker = await runtime.getWorker()
    const inspector = await openInspector(inspectorPort)
    const origin = `http://127.0.0.1:${port}`
    let [taken, sent, peak] = [0, 0, 0]
    for (let at = 1; at <= minutes; at++) {
      const clock = worker.scheduled({ scheduledTime: new Date(), cron: '* * * * *' })
      const until = performance.now() + MINUTE_MS
      let heap = 0
      for (let next = performance.now(); next < until; next += SECOND_MS) {
        await wait(Math.max(0, next - performance.now()))
        const sending = sendSecond(origin, organisation)
        // An idle isolate collects no garbage, so the memory is measured while requests are in
        // flight.
        if (next + SECOND_MS >= until) heap = (await inspector.left()) / MIB
        taken += await sending
        sent += A_SECOND
      }
      await clock
      peak = Math.max(peak, heap)
      const stored = { rows: await countRows(runtime), waiting: await countWaiting(runtime) }
      const minute = { taken, refused: sent - taken, ...stored, heap, resident: residentMib() }
      console.log(lineOf(at, minute))
    }
    inspector.close()
    const lost = taken - (await countRows(runtime)) - (await countWaiting(runtime))
    const broken = [sent > taken, lost > 0, peak > MEMORY_BOUND_MIB].filter(Boolean).length
    console.log(
      `${broken === 0 ? '  ' : '! '}Steady: ${sent} sent in ${minutes} minutes, ` +
        `${sent - taken} refused, ${Math.max(0, lost)} lost; at most ${peak.toFixed(1)} MiB of ` +
        `the worker, bound ${MEMORY_BOUND_MIB}`,
    )
    return broken
  } finally {
    await runtime.dispose()
  }
}
