// Reads the address of a chunk: a file id and the number of the chunk. A file id contains the id of
// an envelope or a reply, and the file's position in its list.
import { toB64, type Bytes } from '#protocol/bytes'
import { Refusal } from '#protocol/errors'
import { CHUNK_SIZES, FILE_ID_BYTES, ID_BYTES, MAX_FILE_BYTES, MAX_FILES } from '#protocol/limits'
import { parseB64 } from '#worker/parse'

export interface FileAddress {
  /** base64url of 17 bytes, in canonical form */
  id: string
  /** id of the report or follow-up; 16 random bytes for a reply's file */
  owner: Bytes
}

export interface ChunkAddress extends FileAddress {
  n: number
}

const MAX_CHUNKS = MAX_FILE_BYTES / Math.min(...CHUNK_SIZES)

/**
 * Reads a file's id. Throws Refusal `malformed`, including for a position that no list can contain.
 */
export function fileAddress(text: string): FileAddress {
  const bytes = parseB64(text)
  if (bytes.length !== FILE_ID_BYTES || (bytes[ID_BYTES] ?? MAX_FILES) >= MAX_FILES)
    throw new Refusal('malformed')
  return { id: toB64(bytes), owner: bytes.slice(0, ID_BYTES) }
}

/**
 * Reads a chunk's address. Throws Refusal `malformed`, including for a chunk number that no file
 * can contain.
 */
export function chunkAddress(id: string, number: string): ChunkAddress {
  const n = /^(0|[1-9]\d{0,3})$/.test(number) ? Number(number) : MAX_CHUNKS
  if (n >= MAX_CHUNKS) throw new Refusal('malformed')
  return { ...fileAddress(id), n }
}
