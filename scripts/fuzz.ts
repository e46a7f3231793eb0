// `npm run fuzz`: 20,000 malformed requests to the worker on workerd. None may fail the edge, and nothing may be stored by any of them.
import { atOnce } from '#scripts/at-once'
import { canMeasureCpu, cpuOf } from '#scripts/bench/cpu'
import { openBench, type Bench } from '#scripts/bench/harness'
import { freshKeys, sealedReport } from '#scripts/bench/requests'
import { buildSite } from '#scripts/build'
import { chanceFrom } from '#scripts/fuzz/random'
import { chunk, envelope, form, inbox, type Malformed, type Maker } from '#scripts/fuzz/requests'
import { makeOrganisation, type Organisation } from '#scripts/org/organisation'
import { writePublicFile } from '#scripts/org/write'
import { benchDir, benchDist } from '#scripts/paths'
import { runTask, step } from '#scripts/step'
import type { Bytes } from '#protocol/bytes'
import { rmSync } from 'node:fs'

const MAKERS: Record<string, Maker> = { envelope, form, chunk, inbox }
const EACH = 5000
const AT_ONCE = 20
const CPU_BOUND_MS = 2
const SHOWN = 10
const TABLES = ['reports', 'follow_ups', 'answers'] as const

const isRefusal = (status: number): boolean => status > 399 && status < 500
/** Where the database answers from memory it knows every epoch once it has known one; what must be refused was seen before. */
const isAnswer = (status: number): boolean => status < 500

/** Sends `EACH` requests of one kind, some at a time. Returns what should not have been answered so. */
async function faultsOf(bench: Bench, make: () => Malformed): Promise<string[]> {
  const faults: string[] = []
  const requests = Array.from({ length: EACH }, () => make)
  await atOnce(AT_ONCE, requests, async (next) => {
    const { path, init, how } = next()
    const answer = await bench.send(path, init)
    await answer.arrayBuffer()
    if (!isRefusal(answer.status))
      faults.push(`${init.method ?? 'GET'} ${path} (${how}): ${String(answer.status)}`)
  })
  return faults
}

async function rowsStored({ database }: Bench): Promise<number> {
  let rows = 0
  for (const table of TABLES) {
    const counted = await database.prepare(`SELECT count(*) AS n FROM ${table}`).bind().first('n')
    rows += Number(counted)
  }
  return rows
}

async function fuzz(bench: Bench, sealed: Bytes, seed: number): Promise<number> {
  let broken = 0
  for (const [name, maker] of Object.entries(MAKERS)) {
    const chance = chanceFrom(seed)
    const faults = await step(`${String(EACH)} × ${name}`, () =>
      faultsOf(bench, () => maker(chance, sealed)),
    )
    for (const fault of faults.slice(0, SHOWN)) console.log(`  FAULT ${fault}`)
    broken += faults.length
  }
  const rows = await rowsStored(bench)
  const objects = await bench.objects()
  console.log(
    `Stored by ${String(4 * EACH)} requests: ${String(rows)} rows, ${String(objects)} objects.`,
  )
  return broken + rows + objects
}

/** The worker's own work, as in `npm run bench`: database and pages answer from memory. */
async function spent(organisation: Organisation, sealed: Bytes, seed: number): Promise<number> {
  if (!canMeasureCpu()) {
    console.log('CPU is measured on Linux only (/proc); left out here.')
    return 0
  }
  const bench = await openBench('scripts/bench/worker/replaying.ts', organisation)
  try {
    return await dearKinds(bench, sealed, seed)
  } finally {
    await bench.close()
  }
}

/** How many kinds take more than the bound. */
async function dearKinds(bench: Bench, sealed: Bytes, seed: number): Promise<number> {
  let broken = 0
  for (const [name, maker] of Object.entries(MAKERS)) {
    const chance = chanceFrom(seed)
    const ms = await cpuOf(bench, () => maker(chance, sealed), isAnswer)
    console.log(
      `CPU of a malformed ${name}: ${ms.toFixed(2)} ms median, bound ${String(CPU_BOUND_MS)}`,
    )
    if (ms > CPU_BOUND_MS) broken++
  }
  return broken
}

runTask(async () => {
  const seed = Number(process.env['FUZZ_SEED'] ?? Date.now() % 1_000_000)
  console.log(`FUZZ_SEED=${String(seed)}`)
  rmSync(benchDir, { recursive: true, force: true })
  const organisation = await makeOrganisation('only for this measurement', Date.now())
  const { org } = writePublicFile(benchDir, organisation)
  await buildSite({ dist: benchDist, org })
  const sealed = await sealedReport(organisation, await freshKeys())
  const bench = await openBench('worker/index.ts', organisation)
  const faults = await fuzz(bench, sealed, seed).finally(() => bench.close())
  return faults + (await spent(organisation, sealed, seed)) === 0 ? 0 : 1
})
