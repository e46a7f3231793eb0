// Seals the chunks of a file; also runs in browsers from 2017. Only open-chunk.ts opens chunks, and
// the edge must never import open-chunk.ts.
//
// [Note: files] A file is a STREAM of chunks (Hoang, Reyhanitabar, Rogaway, Vizár 2015), as in age
// (age-encryption.org/v1, "Payload"). AES-256-GCM seals each chunk under the file's 32-byte key,
// with this nonce and this aad:
// - nonce = number of the chunk (11 bytes, big endian) ‖ 1 for the last chunk, else 0
// - aad = `oasis/v1/file` ‖ file id (17) ‖ u32 length of a chunk's plaintext
//
// The report or reply that lists the file contains the file's key and its true size. Every chunk
// has the same length, because zeros follow the content in the last chunk. Further chunks of zeros
// then fill the file up to its Padmé number of chunks. The number of chunks therefore reveals the
// size only to within an eighth. A chunk opens only at its own position in its own file. A chunk
// that was cut, moved, repeated or taken from another file does not open.
import { concat, u32, utf8, type Bytes } from '../bytes.ts'
import { FILE_ID_BYTES, ID_BYTES, TAG_BYTES } from '../limits.ts'

export interface FileStream {
  /** 17 bytes; see fileId */
  id: Bytes
  /** 32 random bytes, used only for this file */
  key: Bytes
  /** bytes of the content, without padding */
  size: number
  /** bytes of plaintext in each chunk */
  chunk: number
}

/**
 * Builds the id of a file.
 *
 * @param owner  id of the report that lists the file (16 bytes), or 16 random bytes for a reply
 * @param place  the position of the file in that list, from 0
 * @returns 17 bytes: owner ‖ place
 */
export function fileId(owner: Bytes, place: number): Bytes {
  const id = new Uint8Array(FILE_ID_BYTES)
  id.set(owner.subarray(0, ID_BYTES))
  id[ID_BYTES] = place
  return id
}

/**
 * Counts the chunks of a file of `size` bytes, at least one. The count is rounded up as in Padmé
 * (Nikitin et al., PETS 2019, algorithm 1).
 */
export function paddedChunks(size: number, chunk: number): number {
  const chunks = Math.ceil(size / chunk)
  if (chunks < 2) return 1
  const exponent = Math.floor(Math.log2(chunks))
  const step = 2 ** (exponent - Math.floor(Math.log2(exponent)) - 1)
  return Math.ceil(chunks / step) * step
}

/** Returns the length of a sealed chunk: `chunk` plus the tag (16). */
export const sealedLength = (chunk: number): number => chunk + TAG_BYTES

/** Returns the AES-GCM parameters of chunk `n`, from 0: nonce and aad as in [Note: files]. */
export function chunkParameters({ id, size, chunk }: FileStream, n: number): AesGcmParams {
  const iv = new Uint8Array(12)
  iv.set(u32(n), 7)
  iv[11] = n === paddedChunks(size, chunk) - 1 ? 1 : 0
  return { name: 'AES-GCM', iv, additionalData: concat(utf8('oasis/v1/file'), id, u32(chunk)) }
}

/**
 * Seals chunk `n`, from 0 to paddedChunks − 1.
 *
 * @param content  bytes n · chunk to (n + 1) · chunk of the file: fewer at its end, none in padding
 * @returns chunk + 16 bytes
 * @throws RangeError when `content` is longer than a chunk, or the error of WebCrypto
 */
export async function sealChunk(file: FileStream, n: number, content: Bytes): Promise<Bytes> {
  const plain = new Uint8Array(file.chunk)
  plain.set(content)
  const key = await crypto.subtle.importKey('raw', file.key, 'AES-GCM', false, ['encrypt'])
  return new Uint8Array(await crypto.subtle.encrypt(chunkParameters(file, n), key, plain))
}
