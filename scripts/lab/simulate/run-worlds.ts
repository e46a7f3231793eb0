// Runs worlds in threads and gathers their outcomes. This file does not import the worker, so that
// the caller's platform does not change.
import { availableParallelism } from 'node:os'
import { Worker } from 'node:worker_threads'
import type { WorldOutcome } from '#scripts/lab/simulate/figures'

export interface ThreadTask {
  first: number
  /** the seed after the last */
  end: number
  stride: number
  plant: string | null
  isWhole: boolean
}

export interface ThreadMessage {
  outcome: WorldOutcome
  invariants: number
}

export interface Worlds {
  /** the outcomes in the order of their seeds */
  outcomes: WorldOutcome[]
  /** number of invariants that each world was checked against */
  invariants: number
}

export interface RunOptions {
  first: number
  count: number
  /** name of a fault in planted.ts, or null */
  plant?: string
  /** true to keep every line of the traces */
  isWhole?: boolean
  threads?: number
  /** Called with every outcome as soon as it is known. Returns false to stop all threads. */
  onOutcome?: (outcome: WorldOutcome) => boolean
}

const THREAD = new URL('./thread.ts', import.meta.url)

/** Runs `count` worlds, starting with the seed `first`. Rejects when a world cannot continue. */
export async function runWorlds({
  first,
  count,
  plant,
  isWhole = false,
  threads = Math.min(availableParallelism(), count),
  onOutcome = () => true,
}: RunOptions): Promise<Worlds> {
  const worlds: Worlds = { outcomes: [], invariants: 0 }
  const running = Array.from({ length: threads }, (_, at) => {
    const task = { first: first + at, end: first + count, stride: threads }
    return new Worker(THREAD, {
      workerData: { ...task, plant: plant ?? null, isWhole } satisfies ThreadTask,
      execArgv: ['--disable-warning=ExperimentalWarning'],
    })
  })
  const stop = (): void => {
    for (const thread of running) void thread.terminate()
  }
  const take = ({ outcome, invariants }: ThreadMessage): void => {
    worlds.outcomes.push(outcome)
    worlds.invariants = invariants
    if (!onOutcome(outcome)) stop()
  }
  try {
    await Promise.all(
      running.map(
        (thread) =>
          new Promise<void>((done, failed) => {
            thread
              .on('message', take)
              .on('error', failed)
              .on('exit', () => done())
          }),
      ),
    )
  } finally {
    stop()
  }
  worlds.outcomes.sort((a, b) => a.seed - b.seed)
  return worlds
}
