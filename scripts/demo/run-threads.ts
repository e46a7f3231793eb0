// Seals and signs the demo's reports in worker threads, batch by batch. A worker thread receives
// its next batch only after the results of the previous batch have arrived. So only a few batches
// wait in memory.
import { availableParallelism } from 'node:os'
import { Worker } from 'node:worker_threads'
import type { PlayedThread, Sealers } from '#scripts/demo/begin-thread'
import type { WriterKeys } from '#scripts/demo/writers'

export interface ThreadOrder extends Sealers {
  writers: readonly WriterKeys[]
  seed: number
  /** milliseconds since 1970 */
  now: number
}

/** The positions in the run that one batch of reports covers. */
export interface BatchOrder {
  begin: number
  /** the first position after the range */
  end: number
}

const THREAD = new URL('./thread.ts', import.meta.url)
const BATCH = 100

function* batchesOf(total: number): Generator<BatchOrder, undefined> {
  for (let begin = 0; begin < total; begin += BATCH)
    yield { begin, end: Math.min(total, begin + BATCH) }
}

/**
 * Acts out `total` report threads. Rejects when a worker thread fails.
 *
 * @param take  receives each batch
 */
export async function runThreads(
  order: ThreadOrder,
  total: number,
  take: (threads: PlayedThread[]) => void,
): Promise<void> {
  const left = batchesOf(total)
  const count = Math.min(availableParallelism(), Math.ceil(total / BATCH))
  const running = Array.from(
    { length: count },
    () =>
      new Worker(THREAD, {
        workerData: order,
        execArgv: ['--disable-warning=ExperimentalWarning'],
      }),
  )
  try {
    await Promise.all(
      running.map(
        (thread) =>
          new Promise<void>((done, failed) => {
            const next = (): void => {
              const batch = left.next()
              if (batch.done) done()
              else thread.postMessage(batch.value)
            }
            thread.on('error', failed).on('message', (threads: PlayedThread[]) => {
              next()
              take(threads)
            })
            next()
          }),
      ),
    )
  } finally {
    for (const thread of running) void thread.terminate()
  }
}
