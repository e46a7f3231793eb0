// Reads a body and stops at a bound: what is too large is refused before it is in memory.
import { concat, type Bytes } from '#protocol/bytes'
import { Refusal } from '#protocol/errors'

export const OCTETS = 'application/octet-stream'

/** Media type of a request without its parameters, in lower case. */
export const mediaTypeOf = (request: Request): string =>
  (request.headers.get('content-type') ?? '').split(';', 1).join('').trim().toLowerCase()

/** Throws Refusal `too_large` as soon as more than `max` bytes are announced or have come. */
export async function boundedBytes(request: Request, max: number): Promise<Bytes> {
  if (Number(request.headers.get('content-length') ?? 0) > max) throw new Refusal('too_large')
  if (!request.body) return new Uint8Array(0)
  const chunks: Uint8Array[] = []
  let length = 0
  for await (const chunk of request.body as ReadableStream<Uint8Array>) {
    length += chunk.length
    // Leaving the loop cancels the stream.
    if (length > max) throw new Refusal('too_large')
    chunks.push(chunk)
  }
  return concat(...chunks)
}

/** Bytes of an octet-stream body. Throws Refusal `wrong_content_type` or `too_large`. */
export async function octets(request: Request, max: number): Promise<Bytes> {
  if (mediaTypeOf(request) !== OCTETS) throw new Refusal('wrong_content_type')
  return boundedBytes(request, max)
}

/**
 * Bytes of an octet-stream body that must have one of `lengths`: read into one buffer, since many of them come at once.
 *
 * @throws Refusal `wrong_content_type`, `too_large`; `malformed` for a shorter length that is none of them
 */
export async function octetsOf(request: Request, lengths: readonly number[]): Promise<Bytes> {
  if (mediaTypeOf(request) !== OCTETS) throw new Refusal('wrong_content_type')
  const most = Math.max(...lengths)
  if (Number(request.headers.get('content-length') ?? 0) > most) throw new Refusal('too_large')
  const body = new Uint8Array(most)
  let length = 0
  for await (const piece of (request.body ?? []) as AsyncIterable<Uint8Array>) {
    if (length + piece.length > most) throw new Refusal('too_large')
    body.set(piece, length)
    length += piece.length
  }
  if (!lengths.includes(length)) throw new Refusal('malformed')
  return body.subarray(0, length)
}

/** Beyond the bound a body is read on to here and thrown away: a browser that is still sending would not hear the answer. */
const MAX_IGNORED_BYTES = 64 * 1024 * 1024

/** The first `max` bytes of a body, and whether that is all of it. */
export async function bytesUpTo(
  request: Request,
  max: number,
): Promise<{ bytes: Bytes; whole: boolean }> {
  const kept: Uint8Array[] = []
  let length = 0
  for await (const piece of (request.body ?? []) as AsyncIterable<Uint8Array>) {
    if (length < max) kept.push(piece.subarray(0, max - length))
    length += piece.length
    if (length > max + MAX_IGNORED_BYTES) break
  }
  return { bytes: concat(...kept), whole: length <= max }
}
