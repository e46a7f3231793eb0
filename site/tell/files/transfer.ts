// One try to send or fetch a sealed chunk. A chunk takes longer than a report, so the tries of call.ts are too short for it.
import type { Bytes } from '#protocol/bytes'
import { TAG_BYTES } from '#protocol/limits'
import { call, TRY_MS } from '../call.ts'

export interface Reply {
  /** 0 when no whole reply came in time */
  status: number
  bytes: Bytes
  /** how long the edge asks to wait, in milliseconds; 0 when it does not */
  wait: number
}

export type Transfer = (path: string, ms: number, sealed?: Bytes) => Promise<Reply>

const LONGEST_MS = 120_000
/** What the slowest link that still carries a chunk brings along in a second. */
const BYTES_A_SECOND = 3000

/**
 * How long a try may take: the usual time for a small chunk, more for a large one, twice as much after each try that ran out of time.
 *
 * @param chunk  bytes of plaintext in it
 * @param late  tries in a row that took too long
 */
export const tryMs = (chunk: number, late: number): number =>
  Math.min(LONGEST_MS, Math.max(TRY_MS, ((chunk + TAG_BYTES) / BYTES_A_SECOND) * 1000) * 2 ** late)

/** A PUT of `sealed`, or a GET without it. Never rejects. After a failure the next one goes to the next host. */
export const transfer: Transfer = async (path, ms, sealed) => {
  const init: RequestInit = { credentials: 'omit', ...(sealed && { method: 'PUT' }) }
  try {
    const { status, bytes, headers } = await call(path, sealed, {}, ms, init)
    return { status, bytes, wait: Number(headers.get('retry-after')) * 1000 || 0 }
  } catch {
    return { status: 0, bytes: new Uint8Array(0), wait: 0 }
  }
}
