// Repeats an action when it is refused because a colleague acted first.
import { Refusal, type ErrorCode } from '#protocol/errors'

const TRIES = 3

/**
 * Runs `work` at most three times.
 *
 * @param codes  the refusals after which `work` is run again
 * @param work   receives the number of the attempt, from 1
 * @throws the error of the last attempt
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
