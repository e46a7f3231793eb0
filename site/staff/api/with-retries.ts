// Retries a chunk after a network or server failure, because such failures are common in long
// transfers.
import { Refusal, type ErrorCode } from '#protocol/errors'

const PASSING: readonly ErrorCode[] = ['network', 'unavailable']
const TRIES = 4
const PAUSE_MS = 2000

/**
 * Runs `work`, and runs it again after a failure that may be temporary.
 *
 * @throws the last error of `work`; an error that no retry can fix is thrown immediately
 */
export async function withRetries<Result>(
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
