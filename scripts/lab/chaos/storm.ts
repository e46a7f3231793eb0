// Sends reports from several clients at once, and kills the server at the chosen reports. The
// server's clock runs at the same time.
import { setTimeout as wait } from 'node:timers/promises'
import { newTally, runClient } from '#scripts/lab/chaos/client'
import { Server } from '#scripts/lab/chaos/server'
import { Stop } from '#scripts/shared/progress'
import type { Workerd } from '#scripts/local/workerd'

const BOUND_MS = 5 * 60_000
const CLOCK_MS = 250

export interface ChaosReport {
  envelope: Uint8Array<ArrayBuffer>
  headers: Record<string, string>
}

/**
 * Sends all reports while the server is killed and restarted.
 *
 * @param kills  the reports, counted over all clients, before which the worker is killed
 */
export async function storm(
  place: Workerd,
  clients: ChaosReport[][],
  kills: Set<number>,
  roll: () => number,
) {
  const tally = newTally()
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
    // A kill that falls into a restart happens right after it.
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
