// Reads a body and stops at a bound: what is too large is refused before it is in memory.
import { concat, type Bytes } from '#protocol/bytes'
import { Refusal } from '#protocol/errors'

const OCTETS = 'application/octet-stream'

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
