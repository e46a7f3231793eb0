// Acts out, in a worker thread, the report threads that the main thread requests.
import { parentPort, workerData } from 'node:worker_threads'
import { planReport } from '#scripts/demo/plan-report'
import { playThread } from '#scripts/demo/play-thread'
import type { PlayedThread } from '#scripts/demo/begin-thread'
import { installQuickHashes } from '#scripts/shared/quick-hashes'
import type { BatchOrder, ThreadOrder } from '#scripts/demo/run-threads'
import { Writers } from '#scripts/demo/writers'
import { inParallel } from '#scripts/shared/in-parallel'

/** Number of reports that are sealed at the same time, so that WebCrypto's threads stay busy. */
const AT_ONCE = 16

installQuickHashes()
const { seed, now, sealing, samples, ...order } = workerData as ThreadOrder
const players = { sealing, samples, writers: new Writers(order.writers) }

async function playBatch({ begin, end }: BatchOrder): Promise<PlayedThread[]> {
  const indexes = Array.from({ length: end - begin }, (_, at) => begin + at)
  const threads: PlayedThread[] = []
  await inParallel(AT_ONCE, indexes, async (index) => {
    threads.push(await playThread(players, planReport(seed, index, now)))
  })
  return threads
}

parentPort?.on('message', (batch: BatchOrder) => {
  void playBatch(batch).then((threads) => parentPort?.postMessage(threads))
})
