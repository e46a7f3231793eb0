// Opens the chunks of a file. See [Note: files] in stream.ts. For the devices of staff and reporters: the edge must never import this.
import type { Bytes } from './bytes.ts'
import { Refusal } from './errors.ts'
import { chunkParameters, paddedChunks, sealedLength, type FileStream } from './stream.ts'

/**
 * The content in chunk `n`: `chunk` bytes, fewer at the end of the file, none in a chunk that only fills up.
 *
 * @param file    as the report that lists it says
 * @param sealed  what the edge hands out for (id, n)
 * @throws Refusal `cannot_open` for whatever is not chunk `n` of exactly this file
 */
export async function openChunk(file: FileStream, n: number, sealed: Bytes): Promise<Bytes> {
  try {
    const inFile = Number.isInteger(n) && n >= 0 && n < paddedChunks(file.size, file.chunk)
    if (!inFile || sealed.length !== sealedLength(file.chunk)) throw new Refusal('cannot_open')
    const key = await crypto.subtle.importKey('raw', file.key, 'AES-GCM', false, ['decrypt'])
    const plain = await crypto.subtle.decrypt(chunkParameters(file, n), key, sealed)
    const left = Math.max(0, file.size - n * file.chunk)
    return new Uint8Array(plain).subarray(0, left)
  } catch (cause) {
    throw new Refusal('cannot_open', { cause })
  }
}
