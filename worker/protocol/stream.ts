// [Note: files] A file is a STREAM of chunks (Hoang, Reyhanitabar, Rogaway, Vizár 2015, as age uses it: age-encryption.org/v1,
// "Payload"), each AES-256-GCM under the file's own 32-byte key, which stands in the report or answer that lists the file:
//   nonce = number of the chunk (11 bytes, big endian) ‖ 1 for the last chunk, else 0
//   aad   = `oasis/v1/file` ‖ file id (17) ‖ u32 length of a chunk's plaintext
// Every chunk has the same length: after the content come zeros, and whole chunks of zeros up to the Padmé number, so that the
// number of chunks tells the size to within an eighth. The true size stands in the report. A chunk fits into one place of one file only:
// whatever is cut off, moved, repeated or taken from another file does not open.
// This half seals, in browsers of 2017 as well; open-chunk.ts opens and never reaches the edge.
import { concat, u32, utf8, type Bytes } from './bytes.ts'
import { FILE_ID_BYTES, ID_BYTES, TAG_BYTES } from './limits.ts'

export interface FileStream {
  /** file id, 17 bytes */
  id: Bytes
  /** 32 random bytes, used for this file only */
  key: Bytes
  /** bytes of the content */
  size: number
  /** bytes of plaintext in each chunk */
  chunk: number
}

/**
 * @param owner  id of the envelope that lists the file, or 16 random bytes for an answer
 * @param place  in that list, from 0
 * @returns 17 bytes: owner ‖ place
 */
export function fileId(owner: Bytes, place: number): Bytes {
  const id = new Uint8Array(FILE_ID_BYTES)
  id.set(owner.subarray(0, ID_BYTES))
  id[ID_BYTES] = place
  return id
}

/** How many chunks a file of `size` bytes fills: at least one, rounded up as Padmé does (Nikitin et al., PETS 2019, algorithm 1). */
export function paddedChunks(size: number, chunk: number): number {
  const chunks = Math.ceil(size / chunk)
  if (chunks < 2) return 1
  const exponent = Math.floor(Math.log2(chunks))
  const step = 2 ** (exponent - Math.floor(Math.log2(exponent)) - 1)
  return Math.ceil(chunks / step) * step
}

/** Bytes of a sealed chunk: `chunk` and the tag. */
export const sealedLength = (chunk: number): number => chunk + TAG_BYTES

/** AES-GCM parameters of chunk `n`, counted from 0: nonce and additional data as in [Note: files]. */
export function chunkParameters({ id, size, chunk }: FileStream, n: number): AesGcmParams {
  const iv = new Uint8Array(12)
  iv.set(u32(n), 7)
  iv[11] = n === paddedChunks(size, chunk) - 1 ? 1 : 0
  return { name: 'AES-GCM', iv, additionalData: concat(utf8('oasis/v1/file'), id, u32(chunk)) }
}

/**
 * Seals chunk `n`, counted from 0 to paddedChunks − 1.
 *
 * @param content  bytes n · chunk to (n + 1) · chunk of the file: fewer at its end, none in a chunk that only fills up
 * @returns chunk + 16 bytes
 * @throws whatever WebCrypto throws
 */
export async function sealChunk(file: FileStream, n: number, content: Bytes): Promise<Bytes> {
  const plain = new Uint8Array(file.chunk)
  plain.set(content)
  const key = await crypto.subtle.importKey('raw', file.key, 'AES-GCM', false, ['encrypt'])
  return new Uint8Array(await crypto.subtle.encrypt(chunkParameters(file, n), key, plain))
}
