// Fetches a file from the staff, chunk by chunk, and opens the file. A file that does not open, or
// differs from its description in the reply, is not shown.
import { fromB64, sameBytes, type Bytes } from '#protocol/bytes'
import { CHUNK_SIZES, MAX_FILE_BYTES } from '#protocol/limits'
import { openChunk } from '#protocol/file/open-chunk'
import type { ReplyFile } from '#protocol/report/plain-report'
import { paddedChunks } from '#protocol/file/seal-chunk'
import { readBytes } from './describe-file.ts'
import { retryChunk, type RetryOptions } from '../network/retry-chunk.ts'

/** The opened chunks of a file. A later call continues after these chunks. */
export type OpenedChunks = Bytes[]

/**
 * Returns true when the sizes in a reply's file entry are possible. Replies are sealed, but a
 * mistake in the staff app must not make the page hang.
 */
export const isFetchable = ({ size, chunk }: ReplyFile): boolean =>
  size >= 0 && size <= MAX_FILE_BYTES && CHUNK_SIZES.some((known) => known === chunk)

/**
 * Fetches and opens a file. Chunks that contain only padding are not fetched.
 *
 * @param parts  the chunks received; each new chunk is added to them
 * @returns the content with its type; null when the transfer stopped
 * @throws when a chunk does not open or the content differs from the description
 */
export async function fetchFile(
  file: ReplyFile,
  parts: OpenedChunks,
  patience: RetryOptions,
  onMove: () => void,
): Promise<Blob | null> {
  const { size, chunk, type } = file
  const stream = { id: fromB64(file.id), key: fromB64(file.key), size, chunk }
  const count = Math.min(paddedChunks(size, chunk), Math.max(1, Math.ceil(size / chunk)))
  while (parts.length < count) {
    const n = parts.length
    const response = await retryChunk(
      patience,
      200,
      '/api/files/' + file.id + '/' + String(n),
      chunk,
    )
    if (!response) return null
    parts.push(await openChunk(stream, n, response.bytes))
    onMove()
  }
  const blob = new Blob(parts, { type })
  const hash = await crypto.subtle.digest('SHA-256', await readBytes(blob))
  if (blob.size !== size || !sameBytes(new Uint8Array(hash), fromB64(file.hash)))
    throw new Error('not what the answer says')
  return blob
}
