// Repeats an action after a refusal that occurs when a colleague was faster.
import { Refusal, type ErrorCode } from '#protocol/errors'

const TRIES = 3

/**
 * Runs `work` at most three times.
 *
 * @param codes  the refusals after which `work` runs again
 * @param work   receives the number of the try, from 1
 * @throws the last error of `work`
 */
export async function retryOn<Result>(
  codes: readonly ErrorCode[],
  work: (tried: number) => Promise<Result>,
): Promise<Result> {
  for (let tried = 1; ; tried++)
    try {
      return await work(tried)
    } catch (thrown) {
      const isPassing = thrown instanceof Refusal && codes.includes(thrown.code)
      if (!isPassing || tried === TRIES) throw thrown
    }
}
