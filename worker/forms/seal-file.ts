// Seals the single file of a form in memory, then stores it chunk by chunk. See [Note: files]. The
// edge stores the words first. The words remain stored even if storing the file then fails.
import { sha256, toB64, type Bytes } from '#protocol/bytes'
import { Refusal } from '#protocol/errors'
import { CEK_BYTES, CHUNK_SIZES, MAX_FIELD_CHARS, MAX_FORM_FILE_BYTES } from '#protocol/limits'
import type { SealedFile } from '#protocol/report/plain-report'
import { fileId, paddedChunks, sealChunk } from '#protocol/file/seal-chunk'
import type { Deps } from '#worker/deps'
import { requireRate } from '#worker/files/accept-chunk'
import { withTimeout } from '#worker/with-timeout'

export interface ChosenFile {
  name: string
  /** media type that the browser sent */
  type: string
  /** null when the file made the form too large */
  content: Bytes | null
}

export interface DescribedFile {
  listed: SealedFile
  key: Bytes
  content: Bytes
}

const [CHUNK] = CHUNK_SIZES
/** Position of the file in its report's list, which contains no other files. */
const PLACE = 0
/**
 * Number of chunks that the edge stores in parallel; the platform allows this many open
 * connections.
 */
const AT_ONCE = 6

/** Builds the report's entry for the file. Throws Refusal `file_empty`, `file_too_large`. */
export async function describeFile(
  { random }: Deps,
  { name, type, content }: ChosenFile,
): Promise<DescribedFile> {
  if (!content || content.length > MAX_FORM_FILE_BYTES) throw new Refusal('file_too_large')
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
      // Truncates a long name at the beginning, because the file extension is at the end.
      name: name.slice(-MAX_FIELD_CHARS),
      chunk: CHUNK,
      made: 'as_is',
    },
  }
}

/**
 * Seals the file and returns all chunks in order.
 *
 * @param owner  id of the report that lists the file
 */
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

/**
 * Stores all chunks of the file.
 *
 * @returns false when the storage did not accept every chunk in time, or the rate limit stopped a
 *   chunk
 */
export async function storeFile(deps: Deps, owner: Bytes, chunks: Bytes[]): Promise<boolean> {
  const id = toB64(fileId(owner, PLACE))
  const numbered = chunks.map((sealed, n) => ({ sealed, address: { id, owner, n } }))
  try {
    for (let at = 0; at < numbered.length; at += AT_ONCE) {
      const kept = await Promise.all(
        numbered
          .slice(at, at + AT_ONCE)
          .map(({ sealed, address }) => withTimeout(() => requireRate(deps, address, sealed))),
      )
      if (!kept.every((isKept) => isKept === true)) return false
    }
    return true
  } catch {
    return false
  }
}
