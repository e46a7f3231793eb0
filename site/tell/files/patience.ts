// Asks for one chunk until it is through: without end where it may still come, and no longer where it will not.
import type { Bytes } from '#protocol/bytes'
import { tryMs, type Reply, type Transfer } from './transfer.ts'

/** What waiting needs from outside. */
export interface Patience {
  transfer: Transfer
  /** ends early when the connection is back */
  pause: (ms: number) => Promise<unknown>
  now: () => number
  isStopped: () => boolean
  /** told before each pause that it does not go on for now */
  onWait?: () => void
}

const FIRST_PAUSE_MS = 1000
const LONGEST_PAUSE_MS = 30_000
/** The edge may not know a report at once; a hotel's sign-in page refuses until somebody signs in. */
const REFUSALS = 6
/** When the edge asks to wait and the browser does not show how long. */
const ASKED_WAIT_MS = 10_000

export const pauseAfter = (failures: number): number =>
  Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** (failures - 1))

/**
 * @param chunk  bytes of plaintext in a chunk of this file
 * @returns the reply with status `wanted`; null when it was stopped, or refused again and again
 */
export async function insist(
  { transfer, pause, now, isStopped, onWait }: Patience,
  wanted: number,
  path: string,
  chunk: number,
  sealed?: Bytes,
): Promise<Reply | null> {
  for (let failures = 0, refusals = 0, late = 0; !isStopped();) {
    const ms = tryMs(chunk, late)
    const began = now()
    const reply = await transfer(path, ms, sealed)
    if (reply.status === wanted) return reply
    const { status } = reply
    if (status > 399 && status < 500 && status !== 408 && status !== 429 && ++refusals === REFUSALS)
      return null
    late = !status && now() - began >= ms ? late + 1 : 0
    if (onWait) onWait()
    await pause(status === 429 ? reply.wait || ASKED_WAIT_MS : pauseAfter(++failures))
  }
  return null
}
