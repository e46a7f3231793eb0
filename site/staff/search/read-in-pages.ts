// Reads many cases in pages, two requests at the same time. A page may have no room for some cases,
// which then come with the next one.
import { SEALED_AT_ONCE } from '#protocol/staff/sealed-cases'

/** Requests for sealed cases that run at the same time. */
const REQUESTS = 2

/**
 * @param onDone  gets the number of cases that are read so far
 * @param read    returns the ids for which the page had no room; null to stop
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
      // A page has at least one case, so that fewer cases wait after each page.
      const left = await read(some)
      if (!left) return
      waiting.unshift(...left)
      done += some.length - left.length
      onDone(done)
    }
  }
  await Promise.all(Array.from({ length: REQUESTS }, work))
}
