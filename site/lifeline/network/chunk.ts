// Sends or fetches one sealed chunk, once. The time limit in api.ts would be too short, because a
// chunk takes longer than a report.
import type { Bytes } from '#protocol/bytes'
import { TAG_BYTES } from '#protocol/limits'
import { call, TRY_MS } from './api.ts'

export interface ChunkResponse {
  /** HTTP status; 0 when no complete response arrived in time */
  status: number
  bytes: Bytes
  /** the wait that the edge requests, in milliseconds; 0 when the edge does not request a wait */
  wait: number
}

export type Transfer = (
  path: string,
  ms: number,
  sealed?: Bytes,
  headers?: Record<string, string>,
) => Promise<ChunkResponse>

const LONGEST_MS = 120_000
/** Bytes per second of the slowest connection that can still carry a chunk. */
const BYTES_A_SECOND = 3000

/**
 * Returns how long an attempt may take. A large chunk gets more time than a small chunk. The time
 * doubles after each timeout.
 *
 * @param chunk  bytes of plaintext in the chunk
 * @param late  number of consecutive attempts that ran out of time
 */
export const tryMs = (chunk: number, late: number): number =>
  Math.min(LONGEST_MS, Math.max(TRY_MS, ((chunk + TAG_BYTES) / BYTES_A_SECOND) * 1000) * 2 ** late)

/**
 * Sends a PUT with `sealed`, or a GET without `sealed`. Never rejects. After a failure, the next
 * request uses the next host.
 */
export const transfer: Transfer = async (path, ms, sealed, own = {}) => {
  // Safari 11.1 has no AbortController, so in that browser a late chunk continues, and its response
  // is ignored.
  const abort = typeof AbortController === 'function' && new AbortController()
  const init: RequestInit = {
    credentials: 'omit',
    ...(sealed && { method: 'PUT' }),
    ...(abort && { signal: abort.signal }),
  }
  try {
    const { status, bytes, headers } = await call(path, sealed, own, ms, init)
    return { status, bytes, wait: Number(headers.get('retry-after')) * 1000 || 0 }
  } catch {
    // Otherwise the late chunk would share the connection with the next attempt.
    if (abort) abort.abort()
    return { status: 0, bytes: new Uint8Array(0), wait: 0 }
  }
}
