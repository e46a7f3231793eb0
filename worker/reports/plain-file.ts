// The one file of a plain form: sealed in memory like the words, then kept chunk by chunk. See [Note: files]. The words never wait for
// it: when it cannot be kept, they are.
import { sha256, toB64, type Bytes } from '#protocol/bytes'
import { Refusal } from '#protocol/errors'
import { CEK_BYTES, CHUNK_SIZES, MAX_FIELD_CHARS, MAX_PLAIN_FILE_BYTES } from '#protocol/limits'
import type { SealedFile } from '#protocol/report'
import { fileId, paddedChunks, sealChunk } from '#protocol/stream'
import type { Deps } from '#worker/deps'
import { keepInPace } from '#worker/files/keep-chunk'
import { inTime } from '#worker/in-time'

export interface ChosenFile {
  name: string
  /** media type, as the browser says */
  type: string
  /** null when it was larger than the form may be */
  content: Bytes | null
}

export interface DescribedFile {
  listed: SealedFile
  key: Bytes
  content: Bytes
}

const [CHUNK] = CHUNK_SIZES
/** The only file of its report. */
const PLACE = 0
/** As many as the platform lets wait at once. */
const AT_ONCE = 6

/** What the report says of the file. Throws Refusal `file_empty`, `file_too_large`. */
export async function describeFile(
  { random }: Deps,
  { name, type, content }: ChosenFile,
): Promise<DescribedFile> {
  if (!content || content.length > MAX_PLAIN_FILE_BYTES) throw new Refusal('file_too_large')
  if (content.length === 0) throw new Refusal('file_empty')
  const key = random(CEK_BYTES)
  return {
    key,
    content,
    listed: {
      key: toB64(key),
      size: content.length,
      hash: toB64(await sha256(content)),
      type: type.slice(0, MAX_FIELD_CHARS),
      // The end of a name says what kind of file it is.
      name: name.slice(-MAX_FIELD_CHARS),
      chunk: CHUNK,
      made: 'as_is',
    },
  }
}

/** All chunks of the file, sealed, in their order. @param owner id of the envelope that lists it */
export async function sealFile(
  owner: Bytes,
  { key, content }: Pick<DescribedFile, 'key' | 'content'>,
): Promise<Bytes[]> {
  const stream = { id: fileId(owner, PLACE), key, size: content.length, chunk: CHUNK }
  const chunks: Bytes[] = []
  for (let n = 0; n < paddedChunks(stream.size, CHUNK); n++)
    chunks.push(await sealChunk(stream, n, content.subarray(n * CHUNK, (n + 1) * CHUNK)))
  return chunks
}

/** @returns false when the storage did not take all of it in time, or more files come than it shall take now */
export async function storeFile(deps: Deps, owner: Bytes, chunks: Bytes[]): Promise<boolean> {
  const id = toB64(fileId(owner, PLACE))
  const numbered = chunks.map((sealed, n) => ({ sealed, address: { id, owner, n } }))
  try {
    for (let at = 0; at < numbered.length; at += AT_ONCE) {
      const kept = await Promise.all(
        numbered
          .slice(at, at + AT_ONCE)
          .map(({ sealed, address }) => inTime(() => keepInPace(deps, address, sealed))),
      )
      if (!kept.every(Boolean)) return false
    }
    return true
  } catch {
    return false
  }
}
