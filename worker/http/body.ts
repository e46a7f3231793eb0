// Reads a body up to a limit, so that an oversized body never fills the memory.
import type { Bytes } from '#protocol/bytes'
import { Refusal } from '#protocol/errors'

export const OCTETS = 'application/octet-stream'

/** Returns the media type of a request without its parameters, in lower case. */
export const mediaTypeOf = (request: Request): string =>
  (request.headers.get('content-type') ?? '').split(';', 1).join('').trim().toLowerCase()

/**
 * Reads a body of at most `max` bytes.
 *
 * @throws Refusal `too_large` as soon as more bytes are announced or have arrived
 */
export async function boundedBytes(request: Request, max: number): Promise<Bytes> {
  if (announcedIn(request) > max) throw new Refusal('too_large')
  const { bytes, whole } = await bytesUpTo(request, max, 0)
  if (!whole) throw new Refusal('too_large')
  return bytes
}

/** Reads an octet-stream body. Throws Refusal `wrong_content_type` or `too_large`. */
export async function octets(request: Request, max: number): Promise<Bytes> {
  if (mediaTypeOf(request) !== OCTETS) throw new Refusal('wrong_content_type')
  return boundedBytes(request, max)
}

/**
 * Reads an octet-stream body whose length must be one of `lengths`.
 *
 * @throws Refusal `wrong_content_type`, `too_large`; `malformed` for a shorter length that is not
 *   in `lengths`
 */
export async function octetsOf(request: Request, lengths: readonly number[]): Promise<Bytes> {
  const bytes = await octets(request, Math.max(...lengths))
  if (!lengths.includes(bytes.length)) throw new Refusal('malformed')
  return bytes
}

/**
 * Number of bytes beyond the limit that the edge reads and discards. A browser does not read a
 * response while it is still sending.
 */
const MAX_IGNORED_BYTES = 64 * 1024 * 1024

/** Reads the first `max` bytes of a body. `whole` is true when the body ends within these bytes. */
export async function bytesUpTo(
  request: Request,
  max: number,
  ignored = MAX_IGNORED_BYTES,
): Promise<{ bytes: Bytes; whole: boolean }> {
  // HTTP holds a sender to the declared Content-Length, so the edge may read the entire body in one
  // call.
  if (isWithin(announcedIn(request), max))
    return { bytes: new Uint8Array(await request.arrayBuffer()), whole: true }
  let kept: Bytes = new Uint8Array(0)
  let length = 0
  for await (const piece of (request.body ?? []) as AsyncIterable<Uint8Array>) {
    if (length < max) {
      kept = grown(kept, length + piece.length, max)
      kept.set(piece.subarray(0, max - length), length)
    }
    length += piece.length
    // Leaving the loop cancels the stream.
    if (length > max + ignored) break
  }
  return { bytes: kept.subarray(0, Math.min(length, max)), whole: length <= max }
}

/**
 * Grows the buffer to at most twice the number of bytes that have arrived. A body that has only
 * just begun to arrive must not use as much memory as a complete one.
 */
function grown(kept: Bytes, needed: number, max: number): Bytes {
  if (needed <= kept.length || kept.length === max) return kept
  const larger = new Uint8Array(Math.min(max, Math.max(needed, 2 * kept.length)))
  larger.set(kept)
  return larger
}

const announcedIn = (request: Request): number => Number(request.headers.get('content-length') ?? 0)
const isWithin = (announced: number, max: number): boolean => announced > 0 && announced <= max
