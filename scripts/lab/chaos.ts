// `npm run chaos`: sends 1,000 reports from ten clients and kills workerd 50 times at random.
// Afterwards, every report with a 2xx response must be stored exactly once. `npm run chaos --
// 12345` repeats the run with the seed 12345.
import { randomInt } from 'node:crypto'
import { rmSync } from 'node:fs'
import { toB64 } from '#protocol/bytes'
import { KIND } from '#protocol/report/envelope'
import { freshKeys, sealedReport } from '#scripts/lab/bench/requests'
import { seededRandom } from '#scripts/shared/seeded-random'
import { Server } from '#scripts/lab/chaos/server'
import { storm, type ChaosReport } from '#scripts/lab/chaos/storm'
import { makeOrganisation, type Organisation } from '#scripts/org/organisation'
import { chaosDir } from '#scripts/shared/paths'
import { anyPort } from '#scripts/shared/ports'
import { runTask, step, Stop } from '#scripts/shared/progress'
import { bundleWorker } from '#scripts/local/workerd'

const CLIENTS = 10
const REPORTS = 1000
const KILLS = 50

/** Makes the reports of one client. Every fifth report is a follow-up to the previous one. */
async function reportsOf(organisation: Organisation): Promise<ChaosReport[]> {
  const reports: ChaosReport[] = []
  let own = await freshKeys()
  for (let at = 0; at < REPORTS / CLIENTS; at++) {
    const followsUp = at % 5 === 4
    if (!followsUp) own = await freshKeys()
    const envelope = await sealedReport(organisation, own, followsUp ? KIND.followUp : KIND.tip)
    reports.push({ envelope, headers: followsUp ? { 'oasis-write': toB64(own.write) } : {} })
  }
  return reports
}

/** Chooses the reports, counted over all clients, before which the worker is killed. */
function killsAt(roll: () => number): Set<number> {
  const at = new Set<number>()
  while (at.size < KILLS) at.add(1 + Math.floor(roll() * (REPORTS - 1)))
  return at
}

async function drain(server: Server): Promise<void> {
  for (let run = 0; (await server.waitingIds()).length > 0; run++) {
    if (run > REPORTS) throw new Stop('What waits in R2 does not come into the database.')
    await server.runClock()
  }
}

runTask(async () => {
  const seed = Number(process.argv[2] ?? randomInt(2 ** 31))
  const roll = seededRandom(seed)
  const since = Date.now()
  console.log(`Seed ${seed}`)
  rmSync(chaosDir, { recursive: true, force: true })
  const organisation = await makeOrganisation('only for this run', Date.now())
  const place = { state: chaosDir, port: await anyPort(), script: await bundleWorker() }
  const first = new Server(place)
  await first.prepare(organisation)
  await first.stop()
  const clients = await step(`Sealing ${REPORTS} reports`, () =>
    Promise.all(Array.from({ length: CLIENTS }, () => reportsOf(organisation))),
  )
  const { tally, killed } = await step(`Sending them, killing workerd ${KILLS} times`, () =>
    storm(place, clients, killsAt(roll), roll),
  )

  const server = new Server(place)
  const there = new Set([...(await server.storedIds()), ...(await server.waitingIds())])
  const waited = (await server.waitingIds()).length
  const lost = [...tally.taken].filter((id) => !there.has(id)).length
  await step('Draining R2', () => drain(server))
  const stored = await server.storedIds()
  const gone = [...tally.taken].filter((id) => !stored.includes(id)).length
  const doubled = stored.length - new Set(stored).size
  await server.stop()

  const answers = [
    `${tally.taken.size} reports answered 201`,
    `${tally.broken} requests without an answer`,
    `${tally.refused} answered 5xx`,
  ]
  console.log(`
workerd was killed ${killed} times (SIGKILL).
${tally.requests} requests: ${answers.join(', ')}.
In the database ${there.size - waited} and in R2 ${waited} right after; \
in the database ${stored.length} when R2 was drained.
${lost + gone} lost, ${doubled} doubled, in ${Math.round((Date.now() - since) / 1000)} s.`)
  return lost + gone + doubled === 0 && killed === KILLS && stored.length === REPORTS ? 0 : 1
})
