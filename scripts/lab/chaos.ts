// `npm run chaos`: sends 1,000 reports from ten clients and kills workerd 50 times at random.
// Afterwards every report with a 2xx response must be stored once. `npm run chaos -- 12345` repeats
// the run with the seed 12345.
import { randomInt } from 'node:crypto'
import { rmSync } from 'node:fs'
import { setTimeout as wait } from 'node:timers/promises'
import { toB64 } from '#protocol/bytes'
import { KIND } from '#protocol/report/envelope'
import { freshKeys, sealedReport } from '#scripts/lab/bench/requests'
import { newTally, runClient } from '#scripts/lab/chaos/client'
import { seededRandom } from '#scripts/shared/seeded-random'
import { Server } from '#scripts/lab/chaos/server'
import { makeOrganisation, type Organisation } from '#scripts/org/organisation'
import { chaosDir } from '#scripts/shared/paths'
import { anyPort } from '#scripts/shared/ports'
import { runTask, step, Stop } from '#scripts/shared/progress'
import { bundleWorker, type Workerd } from '#scripts/shared/workerd'

const CLIENTS = 10
const REPORTS = 1000
const KILLS = 50
const BOUND_MS = 5 * 60_000
const CLOCK_MS = 250

interface Sealed {
  envelope: Uint8Array<ArrayBuffer>
  headers: Record<string, string>
}

/** Makes the reports of one client. Every fifth report is a follow-up of the report before. */
async function reportsOf(organisation: Organisation): Promise<Sealed[]> {
  const reports: Sealed[] = []
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

/** Sends all reports while the server is killed and restarted. */
async function storm(place: Workerd, clients: Sealed[][], roll: () => number) {
  const tally = newTally()
  const kills = killsAt(roll)
  let killed = 0
  let server = new Server(place)
  let restarting: Promise<void> | undefined
  const restart = async () => {
    killed++
    await server.kill()
    server = new Server(place)
    await server.ready()
    restarting = undefined
  }
  const onTaken = () => {
    // A kill that falls into a restart happens right after the restart.
    if (kills.delete(tally.taken.size)) restarting = (restarting ?? Promise.resolve()).then(restart)
  }
  const stopped = new AbortController()
  const clock = (async () => {
    while (!stopped.signal.aborted) {
      await wait(CLOCK_MS)
      await server.runClock().catch(() => undefined)
    }
  })()
  const address = `http://127.0.0.1:${place.port}/api/reports`
  const late = wait(BOUND_MS, true, { ref: false, signal: stopped.signal }).catch(() => false)
  const all = Promise.all(
    clients.map((reports) => runClient(address, reports, roll, tally, onTaken)),
  ).then(() => false)
  if (await Promise.race([all, late])) throw new Stop('The run takes longer than five minutes.')
  stopped.abort()
  await clock
  await restarting
  await server.stop()
  return { tally, killed }
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
    storm(place, clients, roll),
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
