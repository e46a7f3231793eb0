// Repeats the transfer of one chunk. Network failures never end the retries, but several refusals
// do.
import type { Bytes } from '#protocol/bytes'
import { tryMs, type ChunkResponse, type Transfer } from './chunk.ts'

/** The functions that a retry needs from its caller. */
export interface RetryOptions {
  transfer: Transfer
  /** may end early when the connection is back */
  pause: (ms: number) => Promise<unknown>
  now: () => number
  isStopped: () => boolean
  /** runs before each pause */
  onWait?: () => void
}

const FIRST_PAUSE_MS = 1000
const LONGEST_PAUSE_MS = 30_000
/**
 * The number of refusals after which the retries end. Earlier refusals may be temporary: the report
 * may not have arrived yet, or a hotel network may require a sign-in.
 */
const REFUSALS = 6
/** The pause when the edge asks for a pause but the browser hides its length. */
const ASKED_WAIT_MS = 10_000

export const pauseAfter = (failures: number): number =>
  Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** (failures - 1))

/**
 * Transfers a chunk with retries.
 *
 * @param chunk  bytes of plaintext in a chunk of this file
 * @returns the response with status `wanted`; null when stopped, or after REFUSALS refusals
 */
export async function retryChunk(
  { transfer, pause, now, isStopped, onWait }: RetryOptions,
  wanted: number,
  path: string,
  chunk: number,
  sealed?: Bytes,
  headers?: Record<string, string>,
): Promise<ChunkResponse | null> {
  for (let failures = 0, refusals = 0, late = 0; !isStopped();) {
    const ms = tryMs(chunk, late)
    const began = now()
    const response = await transfer(path, ms, sealed, headers)
    if (response.status === wanted) return response
    const { status } = response
    if (status > 399 && status < 500 && status !== 408 && status !== 429 && ++refusals === REFUSALS)
      return null
    late = !status && now() - began >= ms ? late + 1 : 0
    if (onWait) onWait()
    await pause(status === 429 ? response.wait || ASKED_WAIT_MS : pauseAfter(++failures))
  }
  return null
}
