// Fetches a file chunk by chunk and opens each chunk in the browser. The file counts as authentic
// only if its SHA-256 is in the report.
import { fromB64, sameBytes, sha256, type Bytes } from '#protocol/bytes'
import { openChunk } from '#protocol/file/open-chunk'
import { type SealedFile } from '#protocol/report/plain-report'
import { type FileStream } from '#protocol/file/seal-chunk'
import { fetchChunk } from '../../../api/case-api.ts'
import { withRetries } from '../../../api/with-retries.ts'

export interface OpenedFile {
  content: Bytes
  /** SHA-256 of the opened content */
  hash: Bytes
  /** true when the report contains this hash */
  fits: boolean
}

/** The number of chunks that are fetched in parallel. */
const AT_ONCE = 4

/**
 * Returns the number of chunks with content. Chunks that contain only padding may not have arrived.
 */
export const contentChunks = ({ size, chunk }: Pick<SealedFile, 'size' | 'chunk'>): number =>
  Math.ceil(size / chunk)

/**
 * @param onOpened  receives the number of opened chunks after each chunk
 * @throws Refusal `cannot_open` for a chunk from another file; `not_found` for a chunk that has not
 *   arrived; the errors of fetchChunk
 */
export async function openFile(
  id: string,
  { key, hash, size, chunk }: SealedFile,
  onOpened: (chunks: number) => void,
  signal: AbortSignal,
): Promise<OpenedFile> {
  const stream: FileStream = { id: fromB64(id), key: fromB64(key), size, chunk }
  const content = new Uint8Array(size)
  const chunks = contentChunks(stream)
  let next = 0
  let opened = 0
  const fetchSome = async (): Promise<void> => {
    while (next < chunks) {
      signal.throwIfAborted()
      const n = next++
      const sealed = await withRetries(() => fetchChunk(id, n, signal), signal)
      content.set(await openChunk(stream, n, sealed), n * chunk)
      onOpened(++opened)
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, fetchSome))
  const actual = await sha256(content)
  return { content, hash: actual, fits: sameBytes(actual, fromB64(hash)) }
}

/** Formats a SHA-256 as 64 hexadecimal digits, as other programs do. */
export const hashDigits = (bytes: Bytes): string =>
  [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('')
