// Reads many cases in pages, two requests at a time. Cases that do not fit into a page go into the
// next page.
import { SEALED_AT_ONCE } from '#protocol/staff/list/sealed-cases'

/** Number of requests for sealed cases that run in parallel. */
const REQUESTS = 2

/**
 * @param onDone  receives the number of cases read so far
 * @param read  returns the ids that did not fit into the page; null to stop
 */
export async function readInPages(
  ids: readonly string[],
  onDone: (done: number) => void,
  read: (some: string[]) => Promise<string[] | null>,
): Promise<void> {
  const waiting = [...ids]
  let done = 0
  const work = async (): Promise<void> => {
    while (waiting.length > 0) {
      const some = waiting.splice(0, SEALED_AT_ONCE)
      // A page contains at least one case, so fewer cases remain after each page.
      const left = await read(some)
      if (!left) return
      waiting.unshift(...left)
      done += some.length - left.length
      onDone(done)
    }
  }
  await Promise.all(Array.from({ length: REQUESTS }, work))
}
