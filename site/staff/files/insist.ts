// Chunks are many and links break: what failed on the way, or came too fast, is tried again before it is said.
import { Refusal, type ErrorCode } from '#protocol/errors'

const PASSING: readonly ErrorCode[] = ['network', 'unavailable']
const TRIES = 4
const PAUSE_MS = 2000

/** @throws what `work` threw last, and at once what trying again does not mend */
export async function insist<Result>(
  work: () => Promise<Result>,
  signal: AbortSignal,
  pauseMs = PAUSE_MS,
): Promise<Result> {
  for (let tried = 1; ; tried++)
    try {
      return await work()
    } catch (thrown) {
      const passing = thrown instanceof Refusal && PASSING.includes(thrown.code)
      if (!passing || tried === TRIES) throw thrown
      await new Promise((resolve) => setTimeout(resolve, pauseMs * tried))
      signal.throwIfAborted()
    }
}
