// A storage that hangs counts as one that fails: the person's page gives up after eight seconds and must have an answer by then.
import { Refusal } from '#protocol/errors'

const STORAGE_MS = 3000

/** What `work` gives, or null when it fails or takes too long. A Refusal is an answer, not a failure, and goes on. */
export async function inTime<T>(work: () => Promise<T>): Promise<T | null> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const late = new Promise<null>((done) => {
    timer = setTimeout(done, STORAGE_MS, null)
  })
  try {
    return await Promise.race([work(), late])
  } catch (error) {
    if (error instanceof Refusal) throw error
    return null
  } finally {
    clearTimeout(timer)
  }
}
