// What an address of a chunk names: a file by the envelope or answer that lists it and its place there, and a number.
import { toB64, type Bytes } from '#protocol/bytes'
import { Refusal } from '#protocol/errors'
import { CHUNK_SIZES, FILE_ID_BYTES, ID_BYTES, MAX_FILE_BYTES, MAX_FILES } from '#protocol/limits'
import { bytesOf } from '#worker/wire'

export interface FileAddress {
  /** base64url of the 17 bytes, in its one spelling */
  id: string
  /** id of the report or follow-up; 16 random bytes for a file of an answer */
  owner: Bytes
}

export interface ChunkAddress extends FileAddress {
  n: number
}

const MAX_CHUNKS = MAX_FILE_BYTES / Math.min(...CHUNK_SIZES)

/** Throws Refusal `malformed` for what is no file id, and for a place that no list has. */
export function fileAddress(text: string): FileAddress {
  const bytes = bytesOf(text)
  if (bytes.length !== FILE_ID_BYTES || (bytes[ID_BYTES] ?? MAX_FILES) >= MAX_FILES)
    throw new Refusal('malformed')
  return { id: toB64(bytes), owner: bytes.slice(0, ID_BYTES) }
}

/** Throws Refusal `malformed`, also for a number that no file within the bound has. */
export function chunkAddress(id: string, number: string): ChunkAddress {
  const n = /^(0|[1-9]\d{0,3})$/.test(number) ? Number(number) : MAX_CHUNKS
  if (n >= MAX_CHUNKS) throw new Refusal('malformed')
  return { ...fileAddress(id), n }
}
