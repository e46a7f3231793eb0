// `npm run fuzz`: sends 20,000 malformed requests to the worker on workerd. No request may make the
// edge fail, and none may be stored.
import { inParallel } from '#scripts/shared/in-parallel'
import { openBench, type Bench } from '#scripts/lab/bench/harness'
import { freshKeys, sealedReport } from '#scripts/lab/bench/requests'
import { buildSite } from '#scripts/build'
import { chanceFrom } from '#scripts/shared/seeded-random'
import {
  malformedChunk,
  malformedEnvelope,
  malformedInbox,
  type Malformed,
  type Maker,
} from '#scripts/lab/fuzz/requests'
import { malformedForm } from '#scripts/lab/fuzz/malformed-forms'
import { countDearKinds } from '#scripts/lab/fuzz/measure-cost'
import { makeOrganisation } from '#scripts/org/organisation'
import { writePublicFile } from '#scripts/org/local'
import { benchDir, benchDist } from '#scripts/shared/paths'
import { runTask, step } from '#scripts/shared/progress'
import type { Bytes } from '#protocol/bytes'
import { rmSync } from 'node:fs'

const MAKERS: Record<string, Maker> = {
  envelope: malformedEnvelope,
  form: malformedForm,
  chunk: malformedChunk,
  inbox: malformedInbox,
}
const EACH = 5000
const AT_ONCE = 20
const SHOWN = 10
const TABLES = ['reports', 'follow_ups', 'answers'] as const

const isRefusal = (status: number): boolean => status > 399 && status < 500

/** Sends `EACH` requests of one kind, a few at a time. @returns the requests with a wrong status */
async function faultsOf(bench: Bench, make: () => Malformed): Promise<string[]> {
  const faults: string[] = []
  const requests = Array.from({ length: EACH }, () => make)
  await inParallel(AT_ONCE, requests, async (next) => {
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

runTask(async () => {
  const seed = Number(process.env['FUZZ_SEED'] ?? Date.now() % 1_000_000)
  console.log(`FUZZ_SEED=${String(seed)}`)
  rmSync(benchDir, { recursive: true, force: true })
  const organisation = await makeOrganisation('only for this measurement', Date.now())
  const { org } = writePublicFile(benchDir, organisation)
  await buildSite({ dist: benchDist, org })
  const sealed = await sealedReport(organisation, await freshKeys())
  const bench = await openBench('worker/index.ts', organisation)
  let faults = 0
  try {
    faults = await fuzz(bench, sealed, seed)
  } finally {
    await bench.close()
  }
  const dear = await countDearKinds(organisation, { makers: MAKERS, sealed, seed })
  return faults + dear === 0 ? 0 : 1
})
