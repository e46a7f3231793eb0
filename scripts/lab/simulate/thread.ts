// Runs worlds in a thread: every `stride`th seed, beginning with the thread's first. The thread
// loads the worker on its own platform, so that nothing in the main thread is replaced.
import { parentPort, workerData } from 'node:worker_threads'
import { INVARIANTS } from '#scripts/lab/simulate/invariants'
import { WorldDatabase } from '#scripts/lab/simulate/world-stores'
import { makeSimulatedOrganisation } from '#scripts/lab/simulate/organisation'
import { BEGINS_AT } from '#scripts/lab/simulate/make-people'
import { installPlatform, usePlatform } from '#scripts/lab/simulate/platform'
import type { ThreadMessage, ThreadTask } from '#scripts/lab/simulate/run-worlds'
import { runWorld } from '#scripts/lab/simulate/world'
import { seededRandom } from '#scripts/shared/seeded-random'

const ORGANISATION_SEED = 1

const send = (message: ThreadMessage): void => parentPort?.postMessage(message)
const unused = (): never => {
  throw new Error('no world is set up')
}

async function runThread({ first, end, stride, plant, isWhole }: ThreadTask): Promise<void> {
  installPlatform()
  usePlatform({
    roll: seededRandom(ORGANISATION_SEED),
    wallClock: () => BEGINS_AT,
    after: unused,
    fetch: unused,
  })
  const organisation = await makeSimulatedOrganisation()
  const database = new WorldDatabase()
  for (let seed = first; seed < end; seed += stride) {
    const outcome = await runWorld(organisation, database, { seed, plant, isWhole })
    const isShown = isWhole || outcome.broken.length > 0
    send({ outcome: isShown ? outcome : { ...outcome, lines: [] }, invariants: INVARIANTS.length })
  }
}

await runThread(workerData as ThreadTask)
