// What a report says of a file that goes along: a key of its own, its size, its hash. See SealedFile in report.ts.
import { randomBytes, toB64, type Bytes } from '#protocol/bytes'
import type { Made, SealedFile } from '#protocol/report'
import { chunkHere } from './chunk-size.ts'

const KEY_BYTES = 32
/** Names and types stand in the report, whose room is bounded. */
const MAX_CHARS = 80

/** The bytes of a file or of a part of it. Rejects when the device does not give them any more. */
export const bytesOf = async (blob: Blob): Promise<Bytes> =>
  new Uint8Array(await new Response(blob).arrayBuffer())

/** @param name  only for what goes as it is: names tell of people and days */
export async function describe(blob: Blob, made: Made, name = ''): Promise<SealedFile> {
  const hash = await crypto.subtle.digest('SHA-256', await bytesOf(blob))
  return {
    key: toB64(randomBytes(KEY_BYTES)),
    size: blob.size,
    hash: toB64(new Uint8Array(hash)),
    type: blob.type.slice(0, MAX_CHARS) || 'application/octet-stream',
    name: name.slice(-MAX_CHARS),
    chunk: chunkHere(blob.size),
    made,
  }
}
