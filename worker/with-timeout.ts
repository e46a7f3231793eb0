// Limits storage operations to three seconds, because a page waits only eight seconds for a
// response.
import { Refusal } from '#protocol/errors'

export const STORAGE_MS = 3000

/** The storage failed or took too long. */
export const NO_ANSWER = Symbol('no answer')
export type NoAnswer = typeof NO_ANSWER

/**
 * Runs a storage operation and converts a failure of the storage into a value.
 *
 * @returns the result of `work`, or NO_ANSWER when the storage fails or takes too long
 * @throws Refusal  because a refusal comes from this code, not from the storage
 * @throws TypeError, RangeError, ReferenceError  because a bug here must not look like slow storage
 */
export async function withTimeout<T>(work: () => Promise<T>): Promise<T | NoAnswer> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const late = new Promise<NoAnswer>((done) => {
    timer = setTimeout(done, STORAGE_MS, NO_ANSWER)
  })
  try {
    return await Promise.race([work(), late])
  } catch (error) {
    if (isOurs(error)) throw error
    return NO_ANSWER
  } finally {
    clearTimeout(timer)
  }
}

// Recognises errors that this code throws. D1 and R2 throw plain Error objects, never these
// classes.
const isOurs = (error: unknown): boolean =>
  error instanceof Refusal ||
  error instanceof TypeError ||
  error instanceof RangeError ||
  error instanceof ReferenceError
