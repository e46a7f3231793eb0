// Opens the chunks of a file on the devices of staff and reporters.
// The edge must never import this module.
// See [Note: files] in seal-chunk.ts.
import type { Bytes } from '../bytes.ts'
import { Refusal } from '../errors.ts'
import { chunkParameters, paddedChunks, sealedLength, type FileStream } from './seal-chunk.ts'

/**
 * Opens chunk `n` of a file, from 0 to paddedChunks − 1.
 *
 * @param file  the file's stream, as described by the report or reply that lists the file
 * @param sealed  the bytes that the edge stores for (id, n)
 * @returns the content: `chunk` bytes, fewer at the end of the file, none in padding
 * @throws Refusal `cannot_open` when `sealed` is not chunk `n` of exactly this file
 */
export async function openChunk(file: FileStream, n: number, sealed: Bytes): Promise<Bytes> {
  try {
    const inFile = Number.isInteger(n) && n >= 0 && n < paddedChunks(file.size, file.chunk)
    if (!inFile || sealed.length !== sealedLength(file.chunk)) throw new Refusal('cannot_open')
    const key = await crypto.subtle.importKey('raw', file.key, 'AES-GCM', false, ['decrypt'])
    const plain = await crypto.subtle.decrypt(chunkParameters(file, n), key, sealed)
    const remaining = Math.max(0, file.size - n * file.chunk)
    return new Uint8Array(plain).subarray(0, remaining)
  } catch (cause) {
    throw new Refusal('cannot_open', { cause })
  }
}
