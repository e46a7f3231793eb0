// `npm run bench`: measures CPU, memory, throughput, the inbox's response times and the price of
// anonymous calls. Each figure has a bound. `npm run bench -- <part>` runs only the part with that
// name in NAMED. `sealing` requires Chromium.
import { rmSync } from 'node:fs'
import { benchPrices } from '#scripts/lab/bench/anonymous'
import { benchCases } from '#scripts/lab/bench/cases'
import { benchInbox } from '#scripts/lab/bench/inbox'
import { benchLedger } from '#scripts/lab/bench/ledger'
import { benchMemory } from '#scripts/lab/bench/memory'
import { benchCpu } from '#scripts/lab/bench/request-cpu'
import { benchSealedCases } from '#scripts/lab/bench/sealed-cases'
import { benchSealing } from '#scripts/lab/bench/sealing'
import { benchSteady } from '#scripts/lab/bench/steady'
import { benchThroughput } from '#scripts/lab/bench/throughput'
import { buildSite } from '#scripts/build'
import { makeOrganisation } from '#scripts/org/organisation'
import { writePublicFile } from '#scripts/org/local'
import { benchDir, benchDist } from '#scripts/shared/paths'
import { runTask } from '#scripts/shared/progress'

/** Parts that the command can run alone, keyed by name. */
const NAMED = {
  prices: benchPrices,
  throughput: benchThroughput,
  sealed: benchSealedCases,
  sealing: benchSealing,
  ledger: benchLedger,
  cases: benchCases,
  steady: benchSteady,
}

/** Parts that do not need a build for the measured organisation. */
const WITHOUT_SITE: unknown[] = [benchLedger, benchCases, benchSteady]

runTask(async () => {
  const organisation = await makeOrganisation('only for this measurement', Date.now())
  rmSync(benchDir, { recursive: true, force: true })
  const { org } = writePublicFile(benchDir, organisation)
  const named = Object.entries(NAMED).flatMap(([name, part]) =>
    process.argv.includes(name) ? [part] : [],
  )
  const cpu = [benchCpu, benchSealedCases]
  const ofEdge = [...cpu, benchMemory, benchThroughput, benchInbox, benchPrices]
  const usual = [...ofEdge, benchLedger, benchCases]
  const parts = named.length > 0 ? named : usual
  if (!parts.every((part) => WITHOUT_SITE.includes(part))) await buildSite({ dist: benchDist, org })
  let broken = 0
  for (const part of parts) broken += await part(organisation)
  console.log(broken === 0 ? '\nAll bounds hold.' : `\n${broken} bounds are broken.`)
  return broken === 0 ? 0 : 1
})
